package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.hypervisor.HypervisorException;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Chooses this host's machine from libvirt's capabilities: the host's own architecture, its board's alias resolved to a version. */
final class MachineChoice {
    private static final Map<String, String> BOARDS = Map.of("x86_64", "q35", "aarch64", "virt");

    private MachineChoice() {}

    /**
     * @param capabilities the XML of virConnectGetCapabilities
     * @throws HypervisorException when QEMU for the host's architecture is not installed
     */
    static Machine from(String capabilities, Accelerator accelerator) {
        try {
            var document = parse(capabilities);
            var arch = text(document, "/capabilities/host/cpu/arch");
            var guest = "/capabilities/guest[os_type='hvm']/arch[@name='%s']".formatted(arch);
            var board = BOARDS.getOrDefault(arch, "");
            var type = text(document, "%s/machine[.='%s']/@canonical".formatted(guest, board));
            if (type.isEmpty()) {
                throw new HypervisorException("libvirt offers no " + board + " machine for " + arch, null);
            }
            return new Machine(accelerator, arch, type, text(document, guest + "/emulator"));
        } catch (ParserConfigurationException | SAXException | IOException | XPathExpressionException e) {
            throw new HypervisorException("unreadable capabilities", e);
        }
    }

    private static Document parse(String xml) throws ParserConfigurationException, SAXException, IOException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String text(Document document, String path) throws XPathExpressionException {
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }
}
