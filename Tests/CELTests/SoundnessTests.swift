import Diagnostics
import Testing
import Values

@testable import CEL

@Suite("Types and values")
struct SoundnessTests {
    private static let values: [(String, CELValue)] = [
        ("i", .int(3)), ("u", .uint(2)), ("f", .double(0.5)), ("s", .text("vip")), ("y", .bytes([0x61])),
        ("b", .bool(true)), ("t", .timestamp(Timestamp("2026-11-22T00:00:00Z")!)), ("d", .duration(.seconds(90))),
        ("li", .list(CELList([CELValue.int(1), .int(0)]))), ("ls", .list(CELList([CELValue.text("a"), .text("b")]))),
        ("o", .optional(CELValue.int(4))), ("no", .optional(nil)),
    ]

    @Test("what is made of a type is found to be of it, and evaluates to a value of it", arguments: 0..<40)
    func typed(seed: UInt64) throws {
        var maker = TypedExpression(seed: seed &+ 40_000)
        var evaluated = 0
        for _ in 0..<100 {
            let type = maker.type()
            let text = maker.text(type, depth: 3)
            for isStrict in [true, false] {
                let program = try compiled(text, isStrict)
                #expect(program?.type.description == type.description, "seed \(seed): \(text)")
                guard let value = try? program?.evaluateCEL(Scope(celExtras: Self.values)) else { continue }
                evaluated += 1
                #expect(value.isOne(of: type), "seed \(seed): \(text) is \(value), and no \(type)")
            }
        }
        #expect(evaluated > 50, "seed \(seed)")
    }

    private func compiled(_ text: String, _ isStrict: Bool) throws -> Program? {
        var options = CompileOptions()
        options.isStrict = isStrict
        options.types.record = nil
        options.types.variables = TypedExpression.given
        options.names = Self.values.map(\.0)
        do throws(ExpressionError) {
            return try Expression.compile(text, options)
        } catch {
            Issue.record("\(text): \(error.diagnostics.map(\.message))")
            return nil
        }
    }

    /// The record of the random trees, as a schema has it.
    private static let schema = ObjectType(
        [
            ("a", .int), ("b", .text), ("c", .list(.dyn)), ("e", .nullable(.bool)),
            (
                "d",
                .object(
                    ObjectType([("e", .bool), ("f", .double), ("c", .list(.list(.dyn)))], isClosed: true))
            ),
        ], isClosed: false)

    @Test("what random trees are found to be, their values are", arguments: 0..<50)
    func random(seed: UInt64) throws {
        var maker = RandomExpression(seed: seed &+ 7000)
        var (evaluated, known) = (0, 0)
        for _ in 0..<200 {
            let text = maker.tree(depth: 3).source
            for isStrict in [false, true] {
                var options = CompileOptions()
                options.isStrict = isStrict
                options.types.record = Self.schema
                guard let program = try? Expression.compile(text, options),
                    let value = try? program.evaluateCEL(Scope(record: RandomExpression.record))
                else { continue }
                evaluated += 1
                known += program.type == .dyn ? 0 : 1
                // The language's own rules let a list of unknown things pass for a list of anything.
                let isOne = isStrict ? value.isOne(of: program.type.shallow) : value.isOne(of: program.type)
                #expect(isOne, "seed \(seed), \(isStrict ? "strictly" : "gradually"): \(text) is no \(program.type)")
            }
        }
        #expect(evaluated > 10 && known > 5, "seed \(seed)")
    }
}

extension CELValue {
    /// Whether a type that the checks found is this value's.
    fileprivate func isOne(of type: CELType) -> Bool {
        switch (type, self) {
        case (.dyn, _), (.nullable, .null): return true
        case (.nullable(let inner), _): return isOne(of: inner)
        case (.list(let element), .list(let list)): return list.elements.allSatisfy { $0.isOne(of: element) }
        case (.map(let key, let value), .map(let map)):
            return (0..<map.count).allSatisfy {
                map.key(at: $0).isOne(of: key) && map.value(at: $0).isOne(of: value)
            }
        case (.object(let object), .map(let map)):
            return object.names.allSatisfy { name in
                map[field: name].map { $0.isOne(of: object[name] ?? .dyn) } ?? true
            }
        case (.type, .type): return true
        case (_, .optional(let content)):
            guard let wanted = type.optionalContent else { return false }
            return content.map { $0.isOne(of: wanted) } ?? true
        default: return CELType(typeName) == type && type.isPlain
        }
    }
}

extension CELType {
    /// Without what it holds.
    fileprivate var shallow: CELType {
        switch self {
        case .list: .list(.dyn)
        case .map, .object: .map(.dyn, .dyn)
        case .opaque(let name, let contents): .opaque(name, contents.map { _ in .dyn })
        default: self
        }
    }

    fileprivate var isPlain: Bool {
        switch self {
        case .opaque(_, let contents): contents.isEmpty
        case .list, .map, .object, .nullable, .type: false
        default: true
        }
    }
}
