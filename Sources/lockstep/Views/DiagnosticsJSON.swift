import Diagnostics
import Values

/// Diagnostics for programs.
enum DiagnosticsJSON {
    static func report(_ diagnostics: [Diagnostic]) -> Object {
        [
            "version": .int(1), "diagnostics": list(diagnostics),
            "errors": count(.error, diagnostics), "warnings": count(.warning, diagnostics),
        ]
    }

    static func list(_ diagnostics: [Diagnostic]) -> Value { .list(diagnostics.map { .object(object($0)) }) }

    /// One diagnostic. A value that there is not is null, so that every object has the same names.
    static func object(_ diagnostic: Diagnostic) -> Object {
        var object: Object = [
            "code": .text(diagnostic.code), "severity": .text(diagnostic.severity.rawValue),
            "message": .text(diagnostic.message),
        ]
        add(diagnostic.place, to: &object)
        object["endLine"] = .number(diagnostic.place?.end.line)
        object["endColumn"] = .number(diagnostic.place?.end.column)
        object["hint"] = .text(orNull: diagnostic.hint)
        object["notes"] = .list(
            diagnostic.notes.map { note in
                var object: Object = ["message": .text(note.message)]
                add(note.place, to: &object)
                return .object(object)
            })
        return object
    }

    private static func add(_ place: Place?, to object: inout Object) {
        object["file"] = .text(orNull: place?.file)
        object["line"] = .number(place?.start.line)
        object["column"] = .number(place?.start.column)
    }

    private static func count(_ severity: Severity, _ diagnostics: [Diagnostic]) -> Value {
        .int(Int64(diagnostics.count { $0.severity == severity }))
    }
}

extension Value {
    static func number(_ number: Int) -> Value { .int(Int64(number)) }
    static func number(_ number: Int?) -> Value { number.map { .int(Int64($0)) } ?? .null }
    static func text(orNull text: String?) -> Value { text.map(Value.text) ?? .null }
    static func time(_ time: Timestamp?) -> Value { time.map { .text($0.description) } ?? .null }
}
