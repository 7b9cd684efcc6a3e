/// Addresses of the internet protocol and ranges of them, as Kubernetes and cel-go's `ext` have them. Where a function
/// takes an address or a range, a text that spells one does.
enum NetworkFunctions {
    static let functions: [Function] =
        [
            Function(
                "ip", [.global(.text, to: .ip), .method(.cidr, to: .ip)],
                .unary { value throws(Fault) in
                    switch value {
                    case .text: return .ip(try address(value, "ip"))
                    case .cidr(let network): return .ip(network.address)
                    default: throw .noOverload("ip", value)
                    }
                }),
            Function(
                "cidr", [.global(.text, to: .cidr)],
                .unary { value throws(Fault) in
                    guard case .text = value else { throw .noOverload("cidr", value) }
                    return .cidr(try network(value, "cidr"))
                }),
            Function(
                "isIP", [.global(.text, to: .bool)],
                .unary { value throws(Fault) in
                    guard case .text(let text) = value else { throw .noOverload("isIP", value) }
                    return .bool((try? IPAddress(text)) != nil)
                }),
            Function(
                "isCIDR", [.global(.text, to: .bool)],
                .unary { value throws(Fault) in
                    guard case .text(let text) = value else { throw .noOverload("isCIDR", value) }
                    return .bool((try? IPNetwork(text)) != nil)
                }),
            Function(
                "ip.isCanonical", [.global(.text, to: .bool)],
                .unary { value throws(Fault) in
                    guard case .text(let text) = value else { throw .noOverload("ip.isCanonical", value) }
                    return .bool(try address(value, "ip.isCanonical").description.utf8.elementsEqual(text.utf8))
                }),
            question("isUnspecified") { $0.isUnspecified }, question("isLoopback") { $0.isLoopback },
            question("isGlobalUnicast") { $0.isGlobalUnicast },
            question("isLinkLocalMulticast") { $0.isLinkLocalMulticast },
            question("isLinkLocalUnicast") { $0.isLinkLocalUnicast },
            Function(
                "family", [.method(.ip, to: .int)],
                .unary { value throws(Fault) in
                    guard case .ip(let address) = value else { throw .noOverload("family", value) }
                    return .int(Int64(address.family))
                }),
        ] + ranges

    private static let ranges: [Function] = [
        Function(
            "containsIP", [.method(.cidr, .ip, to: .bool), .method(.cidr, .text, to: .bool)],
            .binary { value, other throws(Fault) in
                guard case .cidr(let range) = value else { throw .noOverload("containsIP", value, other) }
                return .bool(range.contains(try address(other, "containsIP")))
            }),
        Function(
            "containsCIDR", [.method(.cidr, .cidr, to: .bool), .method(.cidr, .text, to: .bool)],
            .binary { value, other throws(Fault) in
                guard case .cidr(let range) = value else { throw .noOverload("containsCIDR", value, other) }
                return .bool(range.contains(try network(other, "containsCIDR")))
            }),
        range("masked", to: .cidr) { .cidr($0.masked) },
        range("isMask", to: .bool) { .bool($0.isMask) },
        range("prefixLength", to: .int) { .int(Int64($0.prefix)) },
    ]

    private static func question(_ name: String, _ answer: @escaping @Sendable (IPAddress) -> Bool) -> Function {
        Function(
            name, [.method(.ip, to: .bool)],
            .unary { value throws(Fault) in
                guard case .ip(let address) = value else { throw .noOverload(name, value) }
                return .bool(answer(address))
            })
    }

    private static func range(
        _ name: String, to result: StaticType, _ answer: @escaping @Sendable (IPNetwork) -> CELValue
    ) -> Function {
        Function(
            name, [.method(.cidr, to: result)],
            .unary { value throws(Fault) in
                guard case .cidr(let network) = value else { throw .noOverload(name, value) }
                return answer(network)
            })
    }

    private static func address(_ value: CELValue, _ function: String) throws(Fault) -> IPAddress {
        switch value {
        case .ip(let address): return address
        case .text(let text):
            do { return try IPAddress(text) } catch { throw refusal(value, "IP address", error) }
        default: throw .noOverload(function, value)
        }
    }

    private static func network(_ value: CELValue, _ function: String) throws(Fault) -> IPNetwork {
        switch value {
        case .cidr(let network): return network
        case .text(let text):
            do { return try IPNetwork(text) } catch { throw refusal(value, "range of IP addresses", error) }
        default: throw .noOverload(function, value)
        }
    }

    private static func refusal(_ value: CELValue, _ what: String, _ problem: IPAddress.Problem) -> Fault {
        switch problem {
        case .malformed: .cannotConvert(value.brief, to: what)
        case .zone: .cannotConvert(value.brief, to: what + ": it names a zone")
        case .mapped: .cannotConvert(value.brief, to: what + ": write the IPv4 address by itself")
        }
    }
}
