import Diagnostics
import Model

/// Finds the line of a key in a job file, for advice that says where to write.
struct KeyLines {
    let source: SourceText?

    /// Where a key of the whole file stands, or its first line where it has none.
    func place(ofJobKey key: String, in file: String) -> String {
        "\(file):\(line(of: key, from: 1, isInside: { !$0.hasPrefix(" ") && !$0.hasPrefix("#") }) ?? 1)"
    }

    /// Where a key of a sync stands, or the line of the sync where it has none.
    func place(of key: String, in place: Place) -> String {
        let head = indent(source?.line(place.start.line) ?? "")
        let found = line(of: key, from: place.start.line + 1) { text in indent(text) > head || text.isBlankLine }
        return "\(place.file):\(found ?? place.start.line)"
    }

    /// The first line from one on that begins with the key, as long as the lines belong to what is looked at.
    private func line(of key: String, from first: Int, isInside: (String) -> Bool) -> Int? {
        guard let source, first <= source.lineCount else { return nil }
        let isOfFile = first == 1
        for number in first...source.lineCount {
            guard let text = source.line(number) else { return nil }
            guard isInside(text) else {
                if isOfFile { continue }
                return nil
            }
            if text.drop(while: { $0 == " " }).hasPrefix(key + ":") { return number }
        }
        return nil
    }

    private func indent(_ text: String) -> Int { text.prefix { $0 == " " }.count }
}

extension String {
    fileprivate var isBlankLine: Bool { allSatisfy { $0 == " " } || drop { $0 == " " }.hasPrefix("#") }
}
