package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.croft.controller.CroftController;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * The whole controller with a simulated host, as Terraform drives it through AWS's own provider, unchanged: what was applied is what it reads back, so that the plan
 * after it is empty. Skipped, and counted as such, on a machine without them.
 */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
@Tag("long")
class TerraformIT {
    private static final String PUBLIC_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIETTIq6MuJN2sgqs3d+xxPbNZN89HtH+QxW4dzadnv92 terraform";

    @Autowired
    EdgeWorld.Tenants tenants;

    @TempDir
    Path folder;

    @Test
    void appliesChangesAndDestroys() throws IOException {
        assumeThat(Terraform.missing()).isEmpty();
        var tenant = tenants.create("terraform");
        Files.copy(Path.of("src/test/resources/terraform/main.tf"), folder.resolve("main.tf"));
        var terraform = new Terraform(
                folder,
                tenant,
                Map.of(
                        "image", tenant.image("terraform"),
                        "friend", tenants.create("friend").account.value(),
                        "public_key", PUBLIC_KEY));
        terraform.init();
        terraform.apply();
        terraform.assertSettled();
        assertThat(terraform.output("offered")).isEqualTo("t2.micro");
        assertThat(terraform.output("cores")).isEqualTo("2");
        terraform.apply("-var=changed=true");
        terraform.assertSettled("-var=changed=true");
        terraform.destroy("-var=changed=true");
        assertThat(tenant.ec2.describeSecurityGroups().securityGroups()).hasSize(1);
        assertThat(tenant.ec2.describeInstances().reservations())
                .flatExtracting(r -> r.instances())
                .allMatch(i -> i.state().nameAsString().equals("terminated"));
    }

    @Test
    void makesChangesAndRemovesANetwork() throws IOException {
        assumeThat(Terraform.missing()).isEmpty();
        var tenant = tenants.create("terraform-network");
        Files.copy(Path.of("src/test/resources/terraform/network/main.tf"), folder.resolve("main.tf"));
        var terraform = new Terraform(folder, tenant, Map.of("image", tenant.image("terraform-network")));
        terraform.init();
        terraform.apply();
        terraform.assertSettled();
        terraform.apply("-var=changed=true");
        terraform.assertSettled("-var=changed=true");
        terraform.destroy("-var=changed=true");
        assertThat(tenant.ec2.describeVpcs().vpcs()).hasSize(1);
        assertThat(tenant.ec2.describeInternetGateways().internetGateways()).hasSize(1);
        assertThat(tenant.ec2.describeRouteTables().routeTables()).hasSize(1);
        assertThat(tenant.ec2.describeNetworkAcls().networkAcls()).hasSize(1);
    }
}
