package io.croft.controller.network.eni;

import io.croft.types.ElasticIpId;

/** No host answers for an elastic address any more; in the transaction that took that in. */
public record ElasticIpFreed(ElasticIpId id) {}
