package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import java.io.IOException;
import java.io.StringReader;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Our element in a domain's metadata: whose machine it is, the generation it was defined for, its disks and interfaces. */
record DomainTag(InstanceId id, AccountId account, Generation generation) {
    static final String NAMESPACE = "https://croft.io/xmlns/domain/1";

    /** The element for a machine about to be defined. */
    static String render(VmSpec spec) {
        var volumes = spec.disks().stream()
                .map(d -> "<croft:volume id='%s'/>".formatted(d.volume()))
                .collect(Collectors.joining());
        var interfaces = spec.nics().stream()
                .map(n -> "<croft:interface id='%s'/>".formatted(n.id()))
                .collect(Collectors.joining());
        return "<croft:instance xmlns:croft='%s' id='%s' account='%s' generation='%s'>%s%s</croft:instance>"
                .formatted(NAMESPACE, spec.id(), spec.account(), spec.generation(), volumes, interfaces);
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
                    new Generation(Long.parseLong(root.getAttribute("generation"))));
        } catch (ParserConfigurationException | SAXException | IOException | IllegalArgumentException e) {
            throw new HypervisorException("unreadable metadata of a domain: " + xml, e);
        }
    }
}
