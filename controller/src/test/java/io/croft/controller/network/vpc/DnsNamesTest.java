package io.croft.controller.network.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.CroftProperties;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DnsNamesTest {
    private static DnsNames names(String publicDomain) {
        var source = new MapConfigurationPropertySource(Map.of("croft.public-domain", publicDomain));
        return new DnsNames(new Binder(source).bindOrCreate("croft", CroftProperties.class));
    }

    @Test
    void publicNamesAreInTheOperatorsDomain() {
        assertThat(names("Cloud.Lab.Test.").ofPublic("198.18.0.5")).isEqualTo("ec2-198-18-0-5.cloud.lab.test");
        assertThat(names("lab").publicDomain()).isEqualTo("lab");
    }

    /** A name goes into SQL and into settings of name servers, so it is a name and nothing else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a b",
                "a'b",
                "-a.test",
                "a-.test",
                "a..test",
                "a,b",
                "a/b",
                "a\nb",
                "ec2.internal",
                "x.ec2.internal",
                "internal"
            })
    void whatCannotBeTheDomainStopsTheStart(String domain) {
        assertThatThrownBy(() -> names(domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public-domain");
    }
}
