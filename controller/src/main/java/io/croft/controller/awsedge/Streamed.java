package io.croft.controller.awsedge;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** A response that carries bytes, which AWS's response classes do not hold. */
public record Streamed(SdkPojo response, SdkBytes payload) implements SdkPojo {
    @Override
    public List<SdkField<?>> sdkFields() {
        return response.sdkFields();
    }

    @Override
    public Map<String, SdkField<?>> sdkFieldNameToField() {
        return response.sdkFieldNameToField();
    }
}
