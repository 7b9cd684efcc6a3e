/// A step of a plan in short, as a test expects it: `create right`, `update left 4711`, `delete right C-7`, `hold left 4711`.
package struct PlannedStep: Sendable, Hashable {
    /// A verb of a write, or `hold`.
    package var verb: String
    package var side: Side
    /// nil where any record will do.
    package var id: String?

    package init(verb: String, side: Side, id: String?) {
        self.verb = verb
        self.side = side
        self.id = id
    }

    /// nil for a text that says no step.
    package init?(_ text: String) {
        let words = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count >= 2, let side = Side(rawValue: words[1]),
            words[0] == "hold" || WriteRequest.Verb(rawValue: words[0]) != nil
        else { return nil }
        self.init(verb: words[0], side: side, id: words.count > 2 ? words[2] : nil)
    }
}

extension PlannedStep: CustomStringConvertible {
    package var description: String { "\(verb) \(side)" + (id.map { " \($0)" } ?? "") }
}
