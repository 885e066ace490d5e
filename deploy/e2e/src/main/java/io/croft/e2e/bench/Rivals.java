package io.croft.e2e.bench;

import io.croft.e2e.Clients;
import io.croft.e2e.LabEnvironment;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Launches in a lab and bare ones beside them on its one host, both warm. */
final class Rivals implements AutoCloseable {
    static final String HOST = "host-1";

    private static final int WARM_UP = 3;

    private final Ec2Client ec2;
    private final Launches launches;
    private final BareHost bare;

    private Rivals(Ec2Client ec2, Launches launches, BareHost bare) {
        this.ec2 = ec2;
        this.launches = launches;
        this.bare = bare;
    }

    static Rivals warm(LabEnvironment environment) throws Exception {
        Ec2Client ec2 = Clients.ec2WithoutRetries(environment);
        Launches launches = new Launches(ec2, environment);
        for (int i = 0; i < WARM_UP; i++) {
            launches.launchAtOnce(1);
        }
        String pattern = launches.launch();
        BareHost bare = new BareHost(environment, HOST, pattern);
        launches.terminate(List.of(pattern));
        launches.takeLaunched();
        bare.launch(1);
        return new Rivals(ec2, launches, bare);
    }

    /** So many launches at once; milliseconds until all run. */
    double croft(int count) throws Exception {
        return launches.launchAtOnce(count);
    }

    /** The instances that were launched since the last call. */
    List<String> takeLaunched() {
        return launches.takeLaunched();
    }

    /** The same without Croft. */
    double bare(int count) {
        return bare.launch(count);
    }

    @Override
    public void close() throws IOException {
        bare.close();
        launches.close();
        ec2.close();
    }
}
