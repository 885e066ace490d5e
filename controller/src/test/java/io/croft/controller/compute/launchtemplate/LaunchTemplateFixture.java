package io.croft.controller.compute.launchtemplate;

import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.AccountOwned;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.identity.AccountHolding;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Launch templates in the tests of all nouns. */
public final class LaunchTemplateFixture implements NounFixture, AccountOwned {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        var made = tenant.ec2.createLaunchTemplate(
                r -> r.launchTemplateName("owned").launchTemplateData(d -> d.instanceType("t3.nano")));
        return Map.of("launch-template", made.launchTemplate().launchTemplateId(), "version", "1");
    }

    @Override
    public String actions() {
        return """
                CreateLaunchTemplate
                CreateLaunchTemplateVersion \
                    | LaunchTemplateId={launch-template}&LaunchTemplateData.InstanceType=t3.nano | InvalidLaunchTemplateId.NotFound
                DescribeLaunchTemplates      | LaunchTemplateId.1={launch-template} | InvalidLaunchTemplateId.NotFound
                DescribeLaunchTemplateVersions DeleteLaunchTemplate \
                    | LaunchTemplateId={launch-template} | InvalidLaunchTemplateId.NotFound
                ModifyLaunchTemplate         | LaunchTemplateId={launch-template}&SetDefaultVersion=1 | InvalidLaunchTemplateId.NotFound
                DeleteLaunchTemplateVersions | LaunchTemplateId={launch-template}&LaunchTemplateVersion.1=1 | InvalidLaunchTemplateId.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribeLaunchTemplates        | LaunchTemplateName.1=   | InvalidLaunchTemplateName.NotFoundException
                DescribeLaunchTemplateVersions | LaunchTemplateVersion.1=1 | InvalidParameterValue
                RunInstances | {launch}&LaunchTemplate.LaunchTemplateId= | InvalidLaunchTemplateId.Malformed
                RunInstances | {launch}&LaunchTemplate.LaunchTemplateName= \
                    | InvalidLaunchTemplateName.NotFoundException
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeLaunchTemplates: create-time launch-template-name tag-key tag:Name
                DescribeLaunchTemplateVersions: create-time ebs-optimized host-resource-group-arn http-endpoint
                    http-protocol-ipv4 http-tokens iam-instance-profile image-id instance-type is-default-version
                    kernel-id license-configuration-arn network-card-index ram-disk-id
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/launch-templates
                POST /v1/launch-templates
                GET /v1/launch-templates/{id}
                PATCH /v1/launch-templates/{id} | {"defaultVersion":1}
                DELETE /v1/launch-templates/{id}
                GET /v1/launch-templates/{template}/versions
                POST /v1/launch-templates/{template}/versions | {"data":{}}
                GET /v1/launch-templates/{template}/versions/{version}
                DELETE /v1/launch-templates/{template}/versions/{version}
                """;
    }

    @Override
    public AccountHolding give(Caller owner, BeanFactory beans) {
        var version = new NewLaunchTemplateVersion(null, LaunchSpec.NONE);
        var made = beans.getBean(LaunchTemplates.class)
                .create(owner, "t-" + owner.account(), version, Map.of("a", "b"), null);
        return new AccountHolding("launch-template", made.id().value(), made.name());
    }
}
