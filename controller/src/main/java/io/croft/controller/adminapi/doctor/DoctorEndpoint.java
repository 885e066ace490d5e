package io.croft.controller.adminapi.doctor;

import io.croft.controller.context.Finding;
import io.croft.controller.doctor.ControllerDoctor;
import io.croft.controller.doctor.HostDoctor;
import io.croft.rest.HealthFinding;
import io.croft.rest.Items;
import io.croft.types.HostId;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the controller and the hosts fare. */
@RestController
@RequestMapping("/admin/v1")
public class DoctorEndpoint {
    private final ControllerDoctor controller;
    private final HostDoctor hosts;

    DoctorEndpoint(ControllerDoctor controller, HostDoctor hosts) {
        this.controller = controller;
        this.hosts = hosts;
    }

    @GetMapping("/health")
    Items<HealthFinding> controller() {
        return items(controller.examine());
    }

    @GetMapping("/hosts/{host}/health")
    Items<HealthFinding> host(@PathVariable HostId host) {
        return items(hosts.examine(host));
    }

    private static Items<HealthFinding> items(List<Finding> findings) {
        return new Items<>(resources(findings));
    }

    public static List<HealthFinding> resources(List<Finding> findings) {
        return findings.stream()
                .map(f ->
                        new HealthFinding(f.check(), f.level().name().toLowerCase(Locale.ROOT), f.detail(), f.remedy()))
                .toList();
    }
}
