import Diagnostics
import Foundation
import Values

@testable import CEL

/// One test of the language's own suite, as the JSON Lines have it.
struct ConformanceCase {
    let id: String
    let expression: String
    let container: String
    let bindings: [(String, CELValue)]
    let expected: Expected
    let types: TypeEnvironment
    /// Whether the suite wants the checks to pass over it.
    let isUnchecked: Bool

    enum Expected {
        case value(CELValue)
        case failure
        /// The type that the checker finds, in the language's spelling.
        case type(String)
    }

    init?(_ line: Object) {
        guard let id = line["id"]?.text, let expression = line["expr"]?.text,
            let expected = line["expected"]?.object.flatMap(Expected.init)
        else { return nil }
        self.id = id
        self.expression = expression
        self.expected = expected
        isUnchecked = line["disable_check"] == .bool(true)
        guard let types = TypeEnvironment(suite: line["type_env"]?.list ?? []) else { return nil }
        self.types = types
        container = line["container"]?.text ?? ""
        bindings = (line["bindings"]?.object ?? Object()).compactMap { name, value in
            value.object.flatMap(CELValue.init(suite:)).map { (name, $0) }
        }
    }

    var section: String { id.split(separator: "/").prefix(2).joined(separator: "/") }

    /// What the checks find wrong, parts of the language that are not built aside.
    func refusals(strictly isStrict: Bool) -> [String] {
        do throws(ExpressionError) {
            _ = try Expression.check(expression, options(strictly: isStrict))
            return []
        } catch {
            return error.diagnostics.filter { $0.code != ExpressionCode.notBuilt.rawValue }.map(\.message)
        }
    }

    private func options(strictly isStrict: Bool) -> CompileOptions {
        var options = CompileOptions()
        options.isChecked = !isUnchecked
        options.isStrict = isStrict
        options.types = types
        options.names = bindings.map(\.0)
        options.container = container
        options.timeZones = systemZones
        options.hasBlocks = true
        return options
    }

    /// Whether the library gives what the suite asks; an error that only says that a function is missing is no pass.
    func passes() -> Bool {
        let options = options(strictly: true)
        if case .type(let wanted) = expected {
            return (try? Expression.check(expression, options))?.type.description == wanted
        }
        guard let program = try? Expression.compile(expression, options) else { return false }
        do throws(EvaluationFailure) {
            let value = try program.evaluateCEL(Scope(celExtras: bindings))
            guard case .value(let expected) = expected else { return false }
            return value.isIdentical(to: expected)
        } catch {
            guard case .failure = expected else { return false }
            switch error.fault {
            case .unknownFunction, .notBuilt: return false
            default: return true
            }
        }
    }
}

extension ConformanceCase.Expected {
    init?(_ object: Object) {
        switch object["kind"]?.text {
        case "value":
            guard let value = object["value"]?.object.flatMap(CELValue.init(suite:)) else { return nil }
            self = .value(value)
        case "eval_error": self = .failure
        case "typed_result":
            guard let type = object["deduced_type_str"]?.text else { return nil }
            self = .type(type)
        default: return nil
        }
    }
}

extension CELValue {
    /// A value as the suite's files spell it.
    init?(suite object: Object) {
        let value = object["value"]
        switch (object["type"]?.text, value) {
        case ("null", _): self = .null
        case ("bool", .bool(let bool)): self = .bool(bool)
        case ("int", .text(let text)): self = .int(Int64(text) ?? 0)
        case ("uint", .text(let text)): self = .uint(UInt64(text) ?? 0)
        case ("double", .text(let text)): self = .double(Double(text) ?? .nan)
        case ("string", .text(let text)): self = .text(text)
        case ("bytes", .text(let text)): self = .bytes(suiteBase64(text))
        case ("timestamp", .text(let text)):
            guard let instant = Timestamp(text) else { return nil }
            self = .timestamp(instant)
        case ("duration", .text(let text)):
            guard let duration = Duration(celText: text) else { return nil }
            self = .duration(duration)
        case ("type", .text(let text)): self = .type(TypeName(text))
        case ("list", .list(let elements)):
            self = .list(CELList(elements.compactMap { $0.object.flatMap(CELValue.init(suite:)) }))
        case ("map", .list(let pairs)):
            let entries = pairs.compactMap { pair -> (key: CELValue, value: CELValue)? in
                let both = (pair.list ?? []).compactMap { $0.object.flatMap(CELValue.init(suite:)) }
                return both.count == 2 ? (both[0], both[1]) : nil
            }
            guard let map = try? CELMap(entries) else { return nil }
            self = .map(map)
        default: return nil
        }
    }

    /// Same kind and same content, as the suite compares: 1, 1u and 1.0 differ, NaN is NaN, 0.0 is not -0.0.
    func isIdentical(to other: CELValue) -> Bool {
        switch (self, other) {
        case (.double(let a), .double(let b)): return a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
        case (.list(let a), .list(let b)):
            return a.count == b.count && zip(a.elements, b.elements).allSatisfy { $0.isIdentical(to: $1) }
        case (.map(let a), .map(let b)):
            return a.count == b.count
                && (0..<a.count).allSatisfy { at in
                    guard
                        let found = (0..<b.count).first(where: { b.key(at: $0).isIdentical(to: a.key(at: at)) })
                    else { return false }
                    return a.value(at: at).isIdentical(to: b.value(at: found))
                }
        default: return kind == other.kind && equals(other)
        }
    }
}

/// The zones of this machine; the suite asks for some by name.
private let systemZones = TimeZones { name in
    let file = URL(fileURLWithPath: "/usr/share/zoneinfo").appendingPathComponent(name)
    guard let data = try? Data(contentsOf: file) else { return nil }
    return try? TimeZoneRules(name: name, tzif: Array(data))
}

private func suiteBase64(_ text: String) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var bits: UInt32 = 0
    var count = 0
    var bytes: [UInt8] = []
    for character in text.utf8 {
        guard let value = alphabet.firstIndex(of: character) else { break }
        bits = bits << 6 | UInt32(value)
        count += 6
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> count))
        }
    }
    return bytes
}
