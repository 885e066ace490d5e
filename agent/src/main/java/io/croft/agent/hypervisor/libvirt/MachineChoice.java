package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.hypervisor.HypervisorException;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Chooses the machines that this host offers from libvirt's capabilities, each board's alias resolved to a version. */
final class MachineChoice {
    private MachineChoice() {}

    /**
     * The machine of the host's own architecture.
     *
     * @param capabilities the XML of virConnectGetCapabilities
     * @throws HypervisorException when QEMU for it is not installed
     */
    static Machine own(String capabilities, Accelerator accelerator) {
        return choose(capabilities, accelerator, document -> {
            var name = text(document, "/capabilities/host/cpu/arch");
            return Board.of(name)
                    .orElseThrow(() -> new HypervisorException("there is no board for hosts of " + name, null));
        });
    }

    /** Whether libvirt runs such a machine by its accelerator. */
    static boolean offers(String capabilities, Machine machine) {
        try {
            return !text(
                            parse(capabilities),
                            "/capabilities/guest[os_type='hvm']/arch[@name='%s']/domain[@type='%s']/@type"
                                    .formatted(
                                            machine.board().qemuArchitecture(),
                                            machine.accelerator().domainType()))
                    .isEmpty();
        } catch (ParserConfigurationException | SAXException | IOException | XPathExpressionException e) {
            throw new HypervisorException("unreadable capabilities", e);
        }
    }

    /**
     * The machine of another architecture, whose instructions are emulated.
     *
     * @throws HypervisorException when QEMU for it is not installed
     */
    static Machine emulated(String capabilities, Board board) {
        return choose(capabilities, Accelerator.TCG, _ -> board);
    }

    /**
     * Does nothing when libvirt has UEFI firmware for the board.
     *
     * @param domainCapabilities the XML of virConnectGetDomainCapabilities for the machine
     * @throws HypervisorException when there is none
     */
    static void requireFirmware(String domainCapabilities, Board board) {
        if (!hasUefi(domainCapabilities)) {
            throw new HypervisorException(
                    "libvirt finds no UEFI firmware for " + board.qemuArchitecture() + ": install "
                            + board.firmwarePackage(),
                    null);
        }
    }

    private static boolean hasUefi(String domainCapabilities) {
        try {
            return !text(parse(domainCapabilities), "/domainCapabilities/os/enum[@name='firmware']/value[.='efi']")
                    .isEmpty();
        } catch (ParserConfigurationException | SAXException | IOException | XPathExpressionException e) {
            throw new HypervisorException("unreadable domain capabilities", e);
        }
    }

    private interface BoardOf {
        Board in(Document capabilities) throws XPathExpressionException;
    }

    private static Machine choose(String capabilities, Accelerator accelerator, BoardOf choice) {
        try {
            var document = parse(capabilities);
            var board = choice.in(document);
            var guest = "/capabilities/guest[os_type='hvm']/arch[@name='%s']".formatted(board.qemuArchitecture());
            var type = text(document, "%s/machine[.='%s']/@canonical".formatted(guest, board.alias()));
            if (type.isEmpty()) {
                throw new HypervisorException(
                        "libvirt offers no " + board.alias() + " machine for " + board.qemuArchitecture() + ": install "
                                + board.packages(),
                        null);
            }
            return new Machine(accelerator, board, type, text(document, guest + "/emulator"));
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
