import Testing
import Values

@testable import CEL

@Suite("Addresses")
struct NetworkTests {
    private static let device: Object = [
        "address": .text("10.1.2.3"), "net": .object(["IP": .text("field")]), "mac": .text("00:11:22:33:44:55"),
    ]

    @Test(
        "addresses are read, and written in their canonical form",
        arguments: [
            ("192.168.0.1", "192.168.0.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
            ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8::68", "2001:db8::68"),
            ("2001:db8:0:0:0:0:0:1", "2001:db8::1"), ("2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"),
            ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), ("1::2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
            ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("0:0:0:0:1:0:0:0", "::1:0:0:0"), ("fe80::", "fe80::"),
            ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
            ("::ffff:c0a8:1", "::ffff:c0a8:1"), ("::1.2.3.4", "::102:304"),
        ])
    func reading(text: String, canonical: String) {
        #expect(result("string(ip('\(text)'))") == "'\(canonical)'")
        #expect(result("ip.isCanonical('\(text)')") == "\(text == canonical)")
        #expect(result("isIP('\(text)')") == "true")
        #expect(result("ip('\(text)') == ip('\(canonical)')") == "true")
    }

    @Test(
        "what is no address is refused",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.04", "1.2.3.", ".1.2.3", "1.2.3.-4", "1.2.3.+4",
            " 1.2.3.4",
            "1.2.3.4 ", "0x1.2.3.4", "1..2.3", "1234.1.1.1", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7::8", "::1::", "1::2::3", "12345::", "g::", ":1::", "1:", "::1:", "1.2.3.4::", "::1.2.3.4:5",
            "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "2001:db8:::68", "1.2.3.4/8", "[::1]", "１.2.3.4",
        ])
    func refused(text: String) {
        #expect(result("ip('\(text)')") == "error: '\(text)' is no IP address")
        #expect(result("isIP('\(text)')") == "false")
        #expect(result("ip.isCanonical('\(text)')") == "error: '\(text)' is no IP address")
        #expect(result("isCIDR('\(text)/8')") == "false")
    }

    @Test(
        "zones and mapped addresses are refused with the reason",
        arguments: [
            ("ip('fe80::1%en0')", "error: 'fe80::1%en0' is no IP address: it names a zone"),
            ("ip('1.2.3.4%x')", "error: '1.2.3.4%x' is no IP address: it names a zone"),
            (
                "ip('::ffff:192.168.0.1')",
                "error: '::ffff:192.168.0.1' is no IP address: write the IPv4 address by itself"
            ),
            ("isIP('::ffff:192.168.0.1')", "false"), ("isIP('fe80::1%en0')", "false"),
            ("cidr('fe80::1%en0/24')", "error: 'fe80::1%en0/24' is no range of IP addresses: it names a zone"),
            (
                "cidr('::ffff:c0a8:1/120')",
                "error: '::ffff:c0a8:1/120' is no range of IP addresses: write the IPv4 address by itself"
            ),
        ])
    func reasons(text: String, message: String) {
        #expect(result(text) == message)
    }

    @Test(
        "addresses are of kinds",
        arguments: [
            ("0.0.0.0", "unspecified"), ("::", "unspecified"), ("127.0.0.1", "loopback"), ("127.255.0.1", "loopback"),
            ("::1", "loopback"), ("1.2.3.4", "global"), ("192.168.0.1", "global"), ("2001:db8::abcd", "global"),
            ("::2", "global"), ("fd00::1", "global"), ("fd80::1", "global"), ("224.0.0.1", "linkLocalMulticast"),
            ("224.0.0.255", "linkLocalMulticast"), ("224.0.1.1", ""), ("239.1.1.1", ""), ("255.255.255.255", ""),
            ("ff02::1", "linkLocalMulticast"), ("ff12::1", "linkLocalMulticast"), ("ff00::1", ""), ("ff05::1", ""),
            ("169.254.169.254", "linkLocalUnicast"), ("169.255.0.1", "global"), ("fe80::1", "linkLocalUnicast"),
            ("febf::1", "linkLocalUnicast"), ("fec0::1", "global"), ("::ffff:7f00:1", "loopback"),
        ])
    func kinds(text: String, kind: String) {
        let functions = [
            ("isUnspecified", "unspecified"), ("isLoopback", "loopback"), ("isGlobalUnicast", "global"),
            ("isLinkLocalMulticast", "linkLocalMulticast"), ("isLinkLocalUnicast", "linkLocalUnicast"),
        ]
        for (function, name) in functions {
            #expect(result("ip('\(text)').\(function)()") == "\(name == kind)", "\(function)")
        }
    }

    @Test(
        "ranges hold addresses and ranges",
        arguments: [
            ("cidr('192.168.0.0/24').containsIP(ip('192.168.0.1'))", "true"),
            ("cidr('192.168.0.0/24').containsIP('192.168.1.1')", "false"),
            ("cidr('10.0.0.0/8').containsIP(address)", "true"), ("cidr('0.0.0.0/0').containsIP('255.1.2.3')", "true"),
            ("cidr('10.1.2.3/32').containsIP(address)", "true"), ("cidr('10.1.2.2/32').containsIP(address)", "false"),
            ("cidr('2001:db8::/32').containsIP('2001:db8:ffff::1')", "true"),
            ("cidr('2001:db8::/65').containsIP('2001:db8:0:0:8000::')", "false"),
            ("cidr('::/0').containsIP('ffff::')", "true"), ("cidr('::1/128').containsIP('::1')", "true"),
            ("cidr('::/0').containsIP('1.2.3.4')", "false"), ("cidr('0.0.0.0/0').containsIP('::1')", "false"),
            ("cidr('192.168.0.0/16').containsIP('::ffff:c0a8:1')", "true"),
            ("cidr('10.0.0.5/8').containsIP('10.9.9.9')", "true"),
            ("cidr('192.168.0.0/24').containsCIDR('192.168.0.0/25')", "true"),
            ("cidr('192.168.0.0/24').containsCIDR(cidr('192.168.0.0/23'))", "false"),
            ("cidr('192.168.0.0/24').containsCIDR('192.168.0.9/24')", "true"),
            ("cidr('192.168.0.0/24').containsCIDR('192.168.1.0/25')", "false"),
            ("cidr('10.0.0.0/8').containsCIDR('10.0.0.0/8')", "true"),
            ("cidr('::/0').containsCIDR('10.0.0.0/8')", "false"),
            ("cidr('10.0.0.0/8').containsIP('x')", "error: 'x' is no IP address"),
            ("cidr('10.0.0.0/8').containsIP(1)", "error: 'containsIP' does not take int"),
            ("'10.0.0.0/8'.containsIP(address)", "error: 'containsIP' does not take text, text"),
        ])
    func ranges(text: String, value: String) {
        #expect(result(text, Self.device) == value)
    }

    @Test(
        "ranges have an address, a length and a first address",
        arguments: [
            ("cidr('192.168.0.1/24').ip()", "ip('192.168.0.1')"),
            ("cidr('192.168.0.1/24').masked()", "cidr('192.168.0.0/24')"),
            ("cidr('2001:db8::1/33').masked()", "cidr('2001:db8::/33')"),
            ("cidr('1::ffff/112').masked()", "cidr('1::/112')"),
            ("cidr('1.2.3.4/0').masked()", "cidr('0.0.0.0/0')"), ("cidr('ffff::1/0').masked()", "cidr('::/0')"),
            ("cidr('::1/64').prefixLength()", "64"), ("cidr('10.0.0.0/8').isMask()", "true"),
            ("cidr('10.0.0.1/8').isMask()", "false"), ("cidr('127.0.0.1/24') == cidr('127.0.0.1/24')", "true"),
            ("cidr('127.0.0.1/24') == cidr('127.0.0.0/24')", "false"), ("cidr('::/8') == cidr('0.0.0.0/8')", "false"),
            ("string(cidr('2001:DB8::/32'))", "'2001:db8::/32'"), ("isCIDR('10.0.0.1/8')", "true"),
        ])
    func parts(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "what is no range is refused",
        arguments: [
            "", "/", "/8", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/08", "10.0.0.0/-1",
            "10.0.0.0/+8",
            "10.0.0.0/8/8", "10.0.0.0/8 ", "10.0.0.0/1e1", "10.0.0/8", "10.0.0.0/255.0.0.0", "10.0.0.0/0008",
        ])
    func noRanges(text: String) {
        #expect(result("cidr('\(text)')") == "error: '\(text)' is no range of IP addresses")
        #expect(result("isCIDR('\(text)')") == "false")
    }

    @Test(
        "addresses and ranges are values like others",
        arguments: [
            ("type(ip('::1')) == net.IP && type(cidr('::/8')) == net.CIDR", "true"), ("net.IP", "net.IP"),
            ("ip('127.0.0.1') == '127.0.0.1'", "false"), ("ip('::ffff:c0a8:1') == ip('192.168.0.1')", "true"),
            ("ip('::') == ip('0.0.0.0')", "false"), ("ip('::1') in [ip('0:0::1')]", "true"),
            ("[ip('::1'), ip('0::1')].distinct()", "[ip('::1')]"),
            ("ip('1.2.3.4') < ip('1.2.3.5')", "error: '<' does not take ip, ip"),
            ("'%s in %s'.format([ip('10.0.0.1'), cidr('10.0.0.0/8')])", "'10.0.0.1 in 10.0.0.0/8'"),
            ("isIP(mac) || isCIDR(mac)", "error: no field 'mac'"), ("ip(1)", "error: 'ip' does not take int"),
            ("isIP(ip('::1'))", "error: 'isIP' does not take ip"), ("ip('::1').family()", "6"),
            ("ip('1.2.3.4').family()", "4"), ("'1.2.3.4'.family()", "error: 'family' does not take text"),
        ])
    func values(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test("a field named as a type's first name is hides the type")
    func fields() throws {
        #expect(result("net.IP", Self.device) == "'field'")
        #expect(result("net.CIDR", Self.device) == "error: no field 'net.CIDR'")
        let uses = try Expression.compile("type(ip(address)) == net.IP").uses
        #expect(uses.fields.map(\.path.text) == ["address", "net.IP"])
        #expect(uses.paths.map(\.text) == ["address"])
    }

    @Test("a record holds them as their texts")
    func records() throws {
        let program = try Expression.compile("[ip('2001:DB8::1'), cidr('10.0.0.0/8')]")
        #expect(try program.evaluate(Scope()) == .list([.text("2001:db8::1"), .text("10.0.0.0/8")]))
    }
}
