import Diagnostics
import Model
import Runner
import TestKit
import Testing
import Values

/// A mapping, and what the check has to say of it.
struct Mapping: CustomTestStringConvertible, Sendable {
    /// The options of `a <-> b`, or the entries of `fields`.
    var fields: String
    var forms: Sides<ValueForm>
    /// What is found, as `severity code: message`; nothing where everything comes back.
    var expected: [String]
    /// A value that a side holds, and another one, as JSON, or an instant behind an `@`.
    var values: (one: String, other: String?)?
    var side: Side

    init(
        _ fields: String, _ left: ValueForm = .json, _ right: ValueForm = .json, finds expected: [String] = [],
        plays values: (String, String?)? = nil, on side: Side = .left
    ) {
        self.fields = fields
        forms = Sides(left: left, right: right)
        self.expected = expected
        self.values = values
        self.side = side
    }

    var testDescription: String { "\(fields), \(forms.left) and \(forms.right)" }

    var sync: Sync {
        get throws {
            let fields = fields.hasPrefix("{") ? "a <-> b: \(fields)" : fields
            return try SyncText("fields: [\(fields)]\ncreates: both").sync
        }
    }

    func findings(_ memory: TripMemory = TripMemory()) throws -> [Diagnostic] {
        let capabilities = forms.map {
            Capabilities(values: $0, newIDs: .numbered(prefix: "", suffix: ""), idFields: [FieldPath("id")])
        }
        return RoundTripCheck.findings(try sync, capabilities, memory)
    }

    static func value(_ text: String) throws -> Value {
        if text.hasPrefix("@") { return .timestamp(try #require(Timestamp(String(text.dropFirst())))) }
        return try JSON.parse(Array(text.utf8))
    }
}
