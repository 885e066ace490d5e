package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Our element in a domain's metadata: whose machine it is, the generation it was defined for, when it was powered on, its disks and interfaces; in that of
 * a running domain, which is gone when it is off, also that its guest panicked.
 *
 * @param since when it was powered on; null in one of before that was noted
 */
record DomainTag(
        InstanceId id,
        AccountId account,
        Generation generation,
        @Nullable Instant since,
        boolean emulated,
        boolean panicked) {
    static final String NAMESPACE = "https://croft.io/xmlns/domain/1";
    static final String PREFIX = "croft";
    private static final String PANICKED = " panicked='yes'";

    /** The element for a machine about to be defined. */
    static String render(VmSpec spec, Instant since, boolean emulated) {
        var volumes = spec.disks().stream()
                .map(d -> "<croft:volume id='%s'/>".formatted(d.volume()))
                .collect(Collectors.joining());
        var interfaces = spec.nics().stream()
                .map(n -> "<croft:interface id='%s'/>".formatted(n.id()))
                .collect(Collectors.joining());
        return "<croft:instance xmlns:croft='%s' id='%s' account='%s' generation='%s' since='%s' emulated='%s'>%s%s</croft:instance>"
                .formatted(
                        NAMESPACE,
                        spec.id(),
                        spec.account(),
                        spec.generation(),
                        since,
                        emulated ? "yes" : "no",
                        volumes,
                        interfaces);
    }

    /** The element as libvirt gives it back, with a note that the guest panicked or without one. */
    static String notePanic(String xml, boolean panicked) {
        var calm = xml.replace(PANICKED, "").replace(PANICKED.replace('\'', '"'), "");
        return panicked ? calm.replaceFirst("<[^\\s>/]+", "$0" + PANICKED) : calm;
    }

    /**
     * Reads the element as libvirt gives it back.
     *
     * @throws HypervisorException when it is not ours or was tampered with
     */
    static DomainTag parse(String xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var root = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
            return new DomainTag(
                    new InstanceId(root.getAttribute("id")),
                    new AccountId(root.getAttribute("account")),
                    new Generation(Long.parseLong(root.getAttribute("generation"))),
                    root.hasAttribute("since") ? Instant.parse(root.getAttribute("since")) : null,
                    root.getAttribute("emulated").equals("yes"),
                    root.getAttribute("panicked").equals("yes"));
        } catch (ParserConfigurationException
                | SAXException
                | IOException
                | IllegalArgumentException
                | DateTimeParseException e) {
            throw new HypervisorException("unreadable metadata of a domain: " + xml, e);
        }
    }
}
