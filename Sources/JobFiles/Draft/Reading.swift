import Cron
import Diagnostics
import YAML

/// Takes a tree for what it says. Whatever is not as it should be is nil here, and has been reported by the check of
/// its shape.
struct Reading {
    let lines: SourceLines

    func text(_ node: Node?) -> Placed<String>? {
        guard let node, let scalar = node.scalar, case .text(let text) = scalar.resolved, !text.isEmpty else {
            return nil
        }
        return Placed(text, at: node.place)
    }

    /// Text as it is written, also where YAML sees a number.
    func written(_ node: Node?) -> Placed<String>? {
        guard let node, let scalar = node.scalar, scalar.resolved != .null else { return nil }
        return Placed(scalar.text, at: node.place)
    }

    func placedText(_ node: Node?) -> PlacedText? {
        guard let node, let scalar = node.scalar, case .text = scalar.resolved else { return nil }
        return PlacedText(scalar, at: node.place, in: lines)
    }

    func bool(_ node: Node?) -> Bool? {
        if case .bool(let value) = node?.scalar?.resolved { value } else { nil }
    }

    func int(_ node: Node?) -> Int64? {
        if case .int(let value) = node?.scalar?.resolved { value } else { nil }
    }

    func choice<Kind: RawRepresentable<String>>(_ node: Node?, _ kind: Kind.Type = Kind.self) -> Placed<Kind>? {
        guard let text = text(node), let value = Kind(rawValue: text.content) else { return nil }
        return Placed(value, at: text.place)
    }

    /// One text, or each of a list.
    func texts(_ node: Node?) -> [Placed<String>] {
        guard let node else { return [] }
        return (node.items ?? [node]).compactMap { text($0) }
    }

    func interval(_ node: Node?) -> Placed<Interval>? {
        guard let text = text(node), let interval = try? Interval.parse(text.content) else { return nil }
        return Placed(interval, at: text.place)
    }
}

extension Node {
    /// The value of a key; nil where this is no mapping, or has no such key.
    subscript(key: String) -> Node? { entry(key)?.value }

    func entry(_ key: String) -> Entry? {
        entries?.first { $0.key.scalar?.text.utf8.elementsEqual(key.utf8) ?? false }
    }
}
