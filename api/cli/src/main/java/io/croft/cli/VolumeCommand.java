package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.VolumeResource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code croft volume}. */
@Command(name = "volume", addMethodSubcommands = false, description = "Everybody's volumes.")
final class VolumeCommand {
    private static final List<Field<VolumeResource>> FIELDS = List.of(
            new Field<>("ID", VolumeResource::volumeId),
            new Field<>("ACCOUNT", VolumeResource::account),
            new Field<>("GIB", VolumeResource::sizeGib),
            new Field<>("TYPE", VolumeResource::type),
            new Field<>("STATE", VolumeResource::state),
            new Field<>("ZONE", VolumeResource::zone),
            new Field<>("HOST", VolumeResource::host),
            new Field<>("MOVE", VolumeCommand::move),
            new Field<>("INSTANCE", VolumeResource::instanceId),
            new Field<>("DEVICE", VolumeResource::device));

    private static String move(VolumeResource volume) {
        return volume.movingTo() == null
                ? ""
                : "to " + volume.movingTo() + ", " + volume.movePercent() + " %"
                        + (volume.moveFailure() == null ? "" : ", " + volume.moveFailure());
    }

    @Command(
            name = "list",
            description = "Lists the volumes of all accounts. One without a host was never attached and has no bytes.")
    void list(@Mixin Session session) {
        session.list(session.client().volumes(), FIELDS);
    }

    @Command(
            name = "move",
            description =
                    "Has a detached volume go to a host, or stay where it is while it is on its way from there. Its bytes go through the snapshot store; the first host keeps them until the other is proved to have them.")
    void move(
            @Mixin Session session,
            @Parameters(paramLabel = "VOLUME", description = "Its id.") String volume,
            @Parameters(paramLabel = "HOST", description = "The host's id or name.") String host) {
        var client = session.client();
        session.show(client.moveVolume(volume, HostCommand.id(client, host)), FIELDS);
    }

    @Command(name = "why", description = "Prints what happened to it, also to one that is gone.")
    void why(@Mixin Session session, @Parameters(paramLabel = "VOLUME", description = "Its id.") String volume) {
        session.list(session.client().history(volume), InstanceCommand.EVENT);
    }
}
