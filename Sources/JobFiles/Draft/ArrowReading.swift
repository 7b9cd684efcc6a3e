import Diagnostics
import Model
import YAML

/// Reads entries of `fields` and `match`, and says what is wrong with their arrows.
struct ArrowReading {
    let reading: Reading

    /// The entries of a list, or the one entry that stands in place of a list.
    func entries(_ node: Node?, of key: String, in findings: inout Findings) -> [ArrowEntry] {
        guard let node else { return [] }
        if node.scalar?.resolved == .null { return [] }
        guard let items = node.items ?? single(node, of: key) else {
            let wanted = key == "match" ? "an arrow, or a list of arrows" : "a list of arrows"
            findings.add(
                .wrongType, "'\(key)' must be \(wanted), not \(node.kindPhrase)", at: node.firstLine,
                hint: key == "fields" ? "begin each entry with '- '" : "such as 'name <-> name'")
            return []
        }
        return items.compactMap { item in
            let isEmpty = item.scalar?.resolved == .null
            if !isEmpty, let entry = ArrowEntry(item) { return entry }
            let message =
                isEmpty
                ? "an entry of '\(key)' is empty" : "an entry of '\(key)' must be an arrow, not \(item.kindPhrase)"
            findings.add(.badArrow, message, at: item.firstLine, hint: "such as 'name <-> name'")
            return nil
        }
    }

    /// `match` may be one arrow, in place of a list.
    private func single(_ node: Node, of key: String) -> [Node]? {
        guard key == "match" else { return nil }
        guard let entries = node.entries else { return [node] }
        let isArrow = placed(entries.first?.key).map { (try? Arrow($0)) != nil } ?? false
        return isArrow && entries.count == 1 ? [node] : nil
    }

    private func placed(_ node: Node?) -> PlacedText? {
        guard let node, let scalar = node.scalar else { return nil }
        return PlacedText(scalar, at: node.place, in: reading.lines)
    }

    func arrow(_ entry: ArrowEntry, in findings: inout Findings) -> Arrow? {
        guard let text = placed(entry.arrow), !reportColon(entry, text, in: &findings) else { return nil }
        do throws(ArrowFailure) {
            let arrow = try Arrow(text)
            reportStrays(entry, in: &findings)
            reportOptions(entry, in: &findings)
            return arrow
        } catch {
            report(error, text, entry, in: &findings)
            return nil
        }
    }

    private func reportOptions(_ entry: ArrowEntry, in findings: inout Findings) {
        guard let options = entry.options, let scalar = options.scalar else { return }
        if scalar.resolved != .null {
            findings.add(
                .wrongType, "what stands under '\(entry.arrowText)' must be its options, not \(options.kindPhrase)",
                at: options.place, hint: "such as {type: text}")
        } else if entry.strays.isEmpty {
            findings.add(
                .wrongType, "no options stand under '\(entry.arrowText)'", at: entry.arrow.place,
                hint: "indent them below, or take the ':' away")
        }
    }

    /// An unquoted ': ' in an expression makes YAML see a key and a value.
    private func reportColon(_ entry: ArrowEntry, _ text: PlacedText, in findings: inout Findings) -> Bool {
        guard let options = entry.options, let value = reading.placedText(options), (try? Arrow(text)) == nil,
            (try? Arrow(value)) != nil
        else { return false }
        let place = Place(file: text.place.file, start: text.place.start, end: value.place.end)
        findings.add(
            .badArrow, "the ': ' in this entry makes YAML see a key and a value", at: place,
            hint: "put the whole entry in quotes")
        return true
    }

    private func reportStrays(_ entry: ArrowEntry, in findings: inout Findings) {
        for stray in entry.strays {
            let name = shortened(stray.key.scalar?.text ?? "")
            let isArrow = placed(stray.key).map { (try? Arrow($0)) != nil } ?? false
            findings.add(
                .misplacedOption,
                isArrow ? "two arrows stand in one entry" : "'\(name)' stands beside the arrow, not under it",
                at: stray.key.place, hint: isArrow ? "begin it with '- '" : "indent it further than the arrow")
        }
    }

    private func report(
        _ failure: ArrowFailure, _ text: PlacedText, _ entry: ArrowEntry, in findings: inout Findings
    ) {
        switch failure {
        case .missing where comment(after: entry.arrow) != nil:
            findings.add(
                .badArrow, "no arrow in '\(entry.arrowText)': ' #' begins a comment", at: text.place,
                hint: "put the whole entry in quotes")
        case .missing:
            findings.add(
                .badArrow, "no arrow in '\(entry.arrowText)'", at: text.place, hint: "such as 'name <-> name'")
        case .foreign(let range, let meant):
            findings.add(
                .badArrow, "'\(text.part(range).text)' is no arrow", at: text.place(of: range), hint: "write '\(meant)'"
            )
        case .crowded(let range):
            let mark = text.part(range).text
            findings.add(
                .badArrow, "an arrow needs spaces around it", at: text.place(of: range), hint: "write ' \(mark) '")
        case .several(let range):
            findings.add(
                .badArrow, "two arrows stand in one entry", at: text.place(of: range),
                hint: "one entry maps one field")
        case .emptyEnd(let range, let side):
            findings.add(
                .badArrow, "nothing stands \(side.rawValue) of the arrow", at: text.place(of: range),
                hint: "such as 'name \(text.part(range).text) name'")
        }
    }

    /// What YAML took for a comment behind a plain text.
    func comment(after node: Node) -> Place? {
        guard node.scalar?.style == .plain else { return nil }
        let scalars = reading.lines.scalars(ofLine: node.place.end.line)
        let start = node.place.end.column - 1
        guard scalars.indices.contains(start), let mark = scalars[start...].firstIndex(where: { !$0.isBlank }),
            scalars[mark] == "#"
        else { return nil }
        return Place(
            file: node.place.file, line: node.place.end.line, column: mark + 1, length: scalars.count - mark)
    }
}
