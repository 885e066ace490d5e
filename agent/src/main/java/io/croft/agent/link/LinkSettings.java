package io.croft.agent.link;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where the controller is and who this host says it is.
 *
 * @param enrollUrl the controller's https port, for coming in
 * @param controller the agents' port, for everything after
 * @param tokenFile where the one-time token is put; removed once it is used
 * @param identity the folder of the host's id, key and certificate
 */
public record LinkSettings(URI enrollUrl, URI controller, Path tokenFile, Path identity, String name, String zone) {}
