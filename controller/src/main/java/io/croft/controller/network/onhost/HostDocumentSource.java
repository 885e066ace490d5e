package io.croft.controller.network.onhost;

import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import io.croft.types.VpcId;
import java.util.Collection;
import java.util.Map;

/** What hosts are told of one kind of thing that belongs to a VPC; the room that owns its rows is its source. */
public interface HostDocumentSource {
    DocumentKind kind();

    /** SQL: whether an interface on the host uses what {@code d}, a row of {@code network_document}, tells of. */
    String used();

    /** What is to be told of the things with these ids, by id; one without a row is left out. */
    Map<String, Draft> load(Collection<String> ids);

    /** The VPC that a document of this kind belongs to. */
    VpcId vpcOf(HostDocument document);

    /** A document but for what {@link NetworkDocuments} keeps of it. */
    interface Draft {
        HostDocument at(Generation generation, Presence presence);
    }
}
