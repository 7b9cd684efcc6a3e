package import Diagnostics

/// A value of a YAML text and where it stands.
///
/// The place covers what a reader sees of the value: a scalar with its quotes, a flow collection with its brackets, a
/// block collection from its first entry to the end of its last. A value that is left out has an empty place (start and
/// end are one). What an alias stands for keeps the place where it is written, so that a caret shows the text that a
/// message speaks of.
package struct Node: Sendable {
    package var content: Content
    package var place: Place

    package init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }
}

package enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    /// Keys are scalars, and no two of them are the same (see `Resolved`); entries keep the order of the text.
    case mapping([Entry])
}

package struct Entry: Sendable {
    package var key: Node
    package var value: Node

    package init(key: Node, value: Node) {
        self.key = key
        self.value = value
    }
}

package struct Scalar: Sendable, Hashable {
    /// The text after unquoting, unescaping and folding; for a plain scalar, as it is written.
    package var text: String
    package var style: ScalarStyle
    package var resolved: Resolved

    package init(text: String, style: ScalarStyle, resolved: Resolved) {
        self.text = text
        self.style = style
        self.resolved = resolved
    }

    package static func == (a: Scalar, b: Scalar) -> Bool {
        a.style == b.style && a.resolved == b.resolved && a.text.utf8.elementsEqual(b.text.utf8)
    }
}

package enum ScalarStyle: Sendable, Hashable {
    case plain, singleQuoted, doubleQuoted, literal, folded
}

extension Node {
    package var scalar: Scalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    package var items: [Node]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    package var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }
}
