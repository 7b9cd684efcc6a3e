import Diagnostics

/// Makes the tree of one document from its events, and collects what is wrong with it on the way.
struct TreeBuilder: ~Copyable {
    private var events: EventReader
    private let source: SourceText
    private var anchors: [String: Built] = [:]
    private var openAnchors: Set<String> = []
    private var aliased = 0
    private(set) var mistakes: [Mistake] = []

    /// Where the null of a text without content stands.
    private static let beginning = Position(line: 1, column: 1)

    init(_ events: consuming EventReader, of source: SourceText) {
        self.events = events
        self.source = source
    }

    /// A node with what must be known of it to anchor it and to end its parent.
    private struct Built {
        var node: Node
        /// Where it ends as written: for an alias, the end of the alias.
        var end: Position
        var nodes = 1
        var height = 1
    }

    /// The root of the only document. Throws where the rest cannot be read.
    mutating func document() throws(Mistake) -> Node {
        var root: Node?
        while true {
            let event = try read()
            switch event.kind {
            case .streamStart, .documentEnd: continue
            case .documentStart:
                if root != nil { throw .severalDocuments(at: place(event.start, max(event.start, event.end))) }
            case .streamEnd: return root ?? Node(.null, at: place(TreeBuilder.beginning, TreeBuilder.beginning))
            default: root = try node(event, depth: 1).node
            }
        }
    }

    private mutating func read() throws(Mistake) -> Event {
        do throws(SyntaxProblem) { return try events.next() } catch { throw .syntax(error) }
    }

    private mutating func node(_ event: Event, depth: Int) throws(Mistake) -> Built {
        if depth > YAMLDocument.deepest { throw .tooDeep(at: place(event.start, event.end)) }
        if case .alias(let name) = event.kind { return try alias(name, event, depth: depth) }
        if let anchor = event.anchor { openAnchors.insert(anchor) }
        let built =
            switch event.kind {
            case .sequenceStart: try sequence(event, depth: depth)
            case .mappingStart: try mapping(event, depth: depth)
            case .scalar(let text, let style): scalar(text, style, event)
            default: Built(node: Node(.null, at: place(event.start, event.end)), end: event.end)
            }
        if let anchor = event.anchor {
            openAnchors.remove(anchor)
            anchors[anchor] = built
        }
        return built
    }

    private mutating func sequence(_ event: Event, depth: Int) throws(Mistake) -> Built {
        checkCollectionTag(event, allowed: .seq)
        var items: [Node] = []
        var size = Size()
        while true {
            let next = try read()
            if case .sequenceEnd = next.kind {
                return close(.sequence(items), from: event, to: next, size)
            }
            let item = try node(next, depth: depth + 1)
            items.append(item.node)
            size.add(item)
        }
    }

    private mutating func mapping(_ event: Event, depth: Int) throws(Mistake) -> Built {
        checkCollectionTag(event, allowed: .map)
        var entries: [Entry] = []
        var places: [Resolved: Place] = [:]
        var size = Size()
        while true {
            let next = try read()
            if case .mappingEnd = next.kind {
                return close(.mapping(entries), from: event, to: next, size)
            }
            let key = try node(next, depth: depth + 1)
            size.add(key)
            let value = try node(try read(), depth: depth + 1)
            size.add(value)
            let keyPlace = place(next.start, key.end)
            if isKey(key.node, isTagged: next.tag != nil, at: keyPlace, among: &places) {
                entries.append(Entry(key: key.node, value: value.node))
            }
        }
    }

    /// Whether a node may stand as a key among those before it.
    private mutating func isKey(
        _ node: Node, isTagged: Bool, at place: Place, among places: inout [Resolved: Place]
    ) -> Bool {
        guard let key = node.scalar else {
            mistakes.append(.complexKey(at: place))
            return false
        }
        if key.style == .plain, key.text == "<<", !isTagged {
            mistakes.append(.mergeKey(at: place))
            return false
        }
        if let first = places[key.resolved] {
            mistakes.append(.duplicateKey(key.text, at: place, first: first))
            return false
        }
        places[key.resolved] = place
        return true
    }

    private mutating func alias(_ name: String, _ event: Event, depth: Int) throws(Mistake) -> Built {
        let here = place(event.start, event.end)
        if openAnchors.contains(name) {
            mistakes.append(.anchorInsideItself(name, at: here))
            return Built(node: Node(.null, at: here), end: event.end)
        }
        guard var target = anchors[name] else {
            mistakes.append(.unknownAnchor(name, at: here, nearest: nearestAnchor(to: name)))
            return Built(node: Node(.null, at: here), end: event.end)
        }
        aliased += target.nodes
        if aliased > YAMLDocument.mostAliased { throw .tooManyAliased(at: here) }
        if depth + target.height - 1 > YAMLDocument.deepest { throw .tooDeep(at: here) }
        target.end = event.end
        return target
    }

    /// A suggestion for each of the first mistakes only: looking for them all would take the square of the text's
    /// length.
    private func nearestAnchor(to name: String) -> String? {
        mistakes.count < 20 ? nearestName(to: name, in: anchors.keys) : nil
    }

    private mutating func scalar(_ text: String, _ style: ScalarStyle, _ event: Event) -> Built {
        let isBlock = style == .literal || style == .folded
        let end = isBlock ? source.endOfBlock(from: event.start, to: event.end) : event.end
        let place = place(event.start, end)
        let resolved = resolve(text, style, event, at: place)
        return Built(node: Node(.scalar(Scalar(text: text, style: style, resolved: resolved)), at: place), end: end)
    }

    private mutating func resolve(_ text: String, _ style: ScalarStyle, _ event: Event, at place: Place) -> Resolved {
        guard let uri = event.tag else { return style == .plain ? CoreSchema.resolve(text) : .text(text) }
        guard let tag = Tag(uri: uri) else {
            refuse(uri, event)
            return .text(text)
        }
        if let resolved = tag.resolve(text) { return resolved }
        mistakes.append(.wrongTag(tag, text, at: place))
        return .text(text)
    }

    private mutating func checkCollectionTag(_ event: Event, allowed: Tag) {
        guard let uri = event.tag else { return }
        guard let tag = Tag(uri: uri) else { return refuse(uri, event) }
        if tag != allowed { mistakes.append(.wrongTag(tag, "", at: place(event.start, event.end))) }
    }

    private mutating func refuse(_ uri: String, _ event: Event) {
        let written = Tag.written(uri)
        var end = event.end
        if event.anchor == nil {
            end = Position(line: event.start.line, column: event.start.column + written.unicodeScalars.count)
        }
        mistakes.append(.unknownTag(written, at: place(event.start, end), inBrackets: events.isInBrackets))
    }

    private struct Size {
        var nodes = 1
        var height = 1
        var end: Position?

        mutating func add(_ child: Built) {
            nodes += child.nodes
            height = max(height, child.height + 1)
            end = child.end
        }
    }

    private func close(_ content: Content, from first: Event, to last: Event, _ size: Size) -> Built {
        let end = last.end > last.start ? last.end : max(size.end ?? first.end, first.start)
        return Built(
            node: Node(content, at: place(first.start, end)), end: end, nodes: size.nodes, height: size.height)
    }

    private func place(_ start: Position, _ end: Position) -> Place {
        Place(file: source.name, start: start, end: end)
    }
}

extension Content {
    /// What stands where nothing is written.
    static var null: Content { .scalar(Scalar(text: "", style: .plain, resolved: .null)) }
}
