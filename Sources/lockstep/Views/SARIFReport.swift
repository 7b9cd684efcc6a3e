import Diagnostics
import Values

/// Diagnostics as SARIF 2.1.0 has them (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
enum SARIFReport {
    static func report(_ diagnostics: [Diagnostic]) -> Object {
        let codes = Set(diagnostics.map(\.code)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
        let rules = codes.map { Value.object(rule($0)) }
        let driver: Object = [
            "name": .text("Lockstep"), "version": .text(Lockstep.version), "rules": .list(rules),
        ]
        let run: Object = [
            "tool": .object(["driver": .object(driver)]), "columnKind": .text("unicodeCodePoints"),
            "results": .list(diagnostics.map { .object(result($0, numbers[$0.code] ?? 0)) }),
        ]
        return [
            "$schema": .text("https://json.schemastore.org/sarif-2.1.0.json"), "version": .text("2.1.0"),
            "runs": .list([.object(run)]),
        ]
    }

    /// What a code means, and what to do, from its page.
    private static func rule(_ code: String) -> Object {
        guard let page = Pages.page(of: code) else { return ["id": .text(code), "shortDescription": text(code)] }
        return [
            "id": .text(code), "shortDescription": text(page.meaning),
            "fullDescription": .object(["text": .text(page.text)]),
            "help": .object([
                "text": .text(page.text + "\n\n'lockstep explain \(code)' shows a wrong and a right example.")
            ]),
        ]
    }

    private static func result(_ diagnostic: Diagnostic, _ rule: Int) -> Object {
        var object: Object = [
            "ruleId": .text(diagnostic.code), "ruleIndex": .number(rule),
            "level": .text(diagnostic.severity.rawValue),
            "message": text(diagnostic.message + (diagnostic.hint.map { ": \($0)" } ?? "")),
        ]
        if let place = diagnostic.place { object["locations"] = .list([.object(location(place))]) }
        let notes = diagnostic.notes.enumerated().map { number, note -> Value in
            var object = note.place.map(location) ?? Object()
            object["id"] = .number(number)
            object["message"] = text(note.message)
            return .object(object)
        }
        if !notes.isEmpty { object["relatedLocations"] = .list(notes) }
        return object
    }

    private static func location(_ place: Place) -> Object {
        let region: Object = [
            "startLine": .number(place.start.line), "startColumn": .number(place.start.column),
            "endLine": .number(place.end.line), "endColumn": .number(max(place.end.column, 1)),
        ]
        let physical: Object = [
            "artifactLocation": .object(["uri": .text(uri(place.file))]), "region": .object(region),
        ]
        return ["physicalLocation": .object(physical)]
    }

    private static func text(_ text: String) -> Value { .object(["text": .text(text.escapedForDisplay)]) }

    /// A path as a reference of RFC 3986: what is not unreserved, and no slash, is spelled in percent.
    private static func uri(_ path: String) -> String {
        var text = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: text.unicodeScalars.append(Unicode.Scalar(byte))
            case _ where "-._~/".utf8.contains(byte): text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
