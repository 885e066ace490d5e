package io.croft.controller.image;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CroftProperties;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists the images that an account may launch. */
@Component
class ImageListing {
    /** Who else may launch an image is its owner's to know, and each account's for itself. */
    private static final String EXECUTABLE_BY = "executable-by";

    private static final String COPIED = "(i.source_image IS NOT NULL)::text";

    private final JdbcClient jdbc;
    private final Noun noun;

    ImageListing(JdbcClient jdbc, CroftProperties croft) {
        this.jdbc = jdbc;
        this.noun = Noun.of(ResourceType.IMAGE, "image i", l -> filters(l, croft.region()));
    }

    /** Tags are those of an image's owner only, and not past its end. */
    @Bean
    Noun imageNoun() {
        return noun;
    }

    private static Listing filters(Listing images, String region) {
        return images.visibleWhere("""
                        i.state <> 'DEREGISTERED' AND (i.account = :account OR (i.state = 'AVAILABLE' AND (i.is_public
                            OR EXISTS (SELECT FROM image_share s WHERE s.image = i.id AND s.account = :account))))
                        """)
                .scope(EXECUTABLE_BY, """
                        SELECT 'all' WHERE i.is_public
                        UNION ALL
                        SELECT s.account FROM image_share s
                        WHERE s.image = i.id AND (i.account = :account OR s.account = :account)
                        """)
                .filter("architecture", "i.architecture")
                .filterConstant("block-device-mapping.encrypted", "false")
                .filterAny(
                        "block-device-mapping.delete-on-termination",
                        device("root_delete_on_termination::text", "delete_on_termination::text"))
                .filterAny("block-device-mapping.device-name", device("root_device", "device"))
                .filterAny("block-device-mapping.snapshot-id", device("root_snapshot", "snapshot"))
                .filterAny("block-device-mapping.volume-size", device("root_gib::text", "size_gib::text"))
                .filterAny("block-device-mapping.volume-type", device("root_type", "type"))
                .filter("boot-mode", "CASE i.boot_mode WHEN 'BIOS' THEN 'legacy-bios' ELSE 'uefi' END")
                .filter("creation-date", Listing.time("i.created"))
                .filter("description", "i.description")
                .filter("ena-support", "i.ena_support::text")
                .filterConstant("free-tier-eligible", "false")
                .filterConstant("hypervisor", "xen")
                .filterConstant("image-allowed", "true")
                .filter("image-id", "i.id")
                .filterConstant("image-type", "machine")
                .filter("is-public", "i.is_public::text")
                .filter("manifest-location", "COALESCE('sha256:' || i.digest, i.account || '/' || i.name)")
                .filter("name", "i.name")
                .filterNone("kernel-id", "product-code", "product-code.type", "ramdisk-id")
                .filter("owner-alias", "CASE i.account WHEN '000000000000' THEN 'amazon' ELSE '' END")
                .filter("owner-id", "i.account")
                .filterConstant("platform", "")
                .filterConstant("platform-details", "Linux/UNIX")
                .filter("root-device-name", "i.root_device")
                .filterConstant("root-device-type", "ebs")
                .filter("source-image-id", "COALESCE(i.source_image, '')")
                .filter("source-instance-id", "COALESCE(i.source_instance, '')")
                .filter("source-image-region", Listing.translated(COPIED, Map.of("true", region, "false", "")))
                .filter("sriov-net-support", "COALESCE(i.sriov_net_support, '')")
                .filter("state", "lower(i.state)")
                .filter("state-reason-code", "COALESCE(i.reason_code, '')")
                .filter("state-reason-message", "COALESCE(i.reason_message, '')")
                .filterConstant("virtualization-type", "hvm");
    }

    /** A column of an image's root volume, and that of its other devices. */
    private static String device(String root, String column) {
        return "SELECT i." + root + " UNION ALL SELECT d." + column + " FROM image_device d WHERE d.image = i.id";
    }

    /** The ids of a page of images. */
    Page<String> find(Caller caller, ImageQuery query) {
        return noun.listing().find(jdbc, caller.account(), withOwners(query), scopes(query));
    }

    private static List<Filter> scopes(ImageQuery query) {
        return query.executableBy().isEmpty() ? List.of() : List.of(new Filter(EXECUTABLE_BY, query.executableBy()));
    }

    private static Query withOwners(ImageQuery query) {
        var asked = query.query();
        if (query.owners().isEmpty()) {
            return asked;
        }
        return asked.and(List.of(new Filter(
                "owner-id", query.owners().stream().map(AccountId::value).toList())));
    }
}
