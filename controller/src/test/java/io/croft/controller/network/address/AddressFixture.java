package io.croft.controller.network.address;

import io.croft.controller.fixture.NounFixture;

/** Addresses in the tests of all nouns. */
public final class AddressFixture implements NounFixture {
    @Override
    public String actions() {
        return """
                DescribeAddressesAttribute | AllocationId.1=eipalloc-0123456789abcdef0 | InvalidAllocationID.NotFound
                """;
    }
}
