import Diagnostics
import Synchronization
package import Values

/// Time zones by their names. This library reads no files: what finds a zone is handed in. What was found, or not, is
/// remembered.
package final class TimeZones: Sendable {
    private let find: @Sendable (_ name: String) -> TimeZoneRules?
    private let list: @Sendable () -> [String]
    private let found = Mutex<[String: TimeZoneRules?]>([:])
    /// Names may come from records, so that there may be any number of them.
    private static let mostRemembered = 1000

    /// - Parameters:
    ///   - names: lists the zones that there are, to tell which one a mistyped name may mean; asked for that alone.
    ///   - find: finds the zone of an IANA name, such as `Europe/Berlin`. It is asked only for names of that form, which lead to nothing
    ///     outside of a folder (``TimeZoneRules/isName(_:)``).
    package init(
        names: @escaping @Sendable () -> [String] = { [] },
        _ find: @escaping @Sendable (_ name: String) -> TimeZoneRules?
    ) {
        list = names
        self.find = find
    }

    /// The names of the zones that there are, as far as they are known.
    package var names: [String] { list() }

    /// Knows UTC and offsets alone.
    package static let none = TimeZones { _ in nil }

    /// The zone of an IANA name, of `UTC`, or of an offset such as `+05:30`, `02:00` and `-09:30`; nil where there is
    /// none.
    package subscript(name: String) -> TimeZoneRules? {
        TimeZones.offset(name).map { TimeZoneRules(secondsEast: $0) } ?? named(name)
    }

    /// The zone of an IANA name, or of `UTC`.
    package func named(_ name: String) -> TimeZoneRules? {
        if name == "UTC" { return .utc }
        guard TimeZoneRules.isName(name) else { return nil }
        if let known = found.withLock({ $0[name] }) { return known }
        let rules = find(name)
        found.withLock { found in
            if found.count >= TimeZones.mostRemembered { found.removeAll() }
            found[name] = .some(rules)
        }
        return rules
    }

    func rules(_ name: String) throws(Fault) -> TimeZoneRules {
        guard let rules = self[name] else { throw .unknownZone(LiteralText.text(name)) }
        return rules
    }

    /// Seconds east of UTC; the sign holds for the minutes too.
    private static func offset(_ zone: String) -> Int? {
        let isSigned = zone.utf8.first == 0x2B || zone.utf8.first == 0x2D
        let digits = isSigned ? zone.utf8.dropFirst() : zone.utf8[...]
        let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isDigit) }),
            let hours = Int(Substring(parts[0])), hours < 24, let minutes = Int(Substring(parts[1])), minutes < 60
        else { return nil }
        return (zone.utf8.first == 0x2D ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}

extension TimeZones {
    /// The zones that an expression names and that there are not.
    func mistakes(in expression: Expr, _ source: ExpressionSource) -> [Diagnostic] {
        let inner = expression.kind.children.flatMap { mistakes(in: $0, source) }
        guard case .method(_, let function, let arguments) = expression.kind, arguments.count == 1,
            case .clock? = Library.function(function)?.body, case .literal(.text(let name)) = arguments[0].kind,
            self[name] == nil
        else { return inner }
        let fault = Fault.unknownZone(LiteralText.text(name))
        return inner + [source.diagnostic(fault.code, fault.message, at: arguments[0].span, hint: fault.hint)]
    }
}
