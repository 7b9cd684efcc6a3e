internal import CLibYAML
import Diagnostics

/// libyaml's parser over a text that `TextCheck` has passed: one event at a time, and a `SyntaxProblem` where it cannot
/// go on.
struct EventReader: ~Copyable {
    // The parser holds a pointer to itself, and one to the text: neither may move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeMutableBufferPointer<UInt8>
    private let end: Position
    /// A collection each that is open, nil for those without a bracket.
    private var open: [Bracket?] = []
    private var lastClosed: SyntaxProblem.Closed?

    /// - Parameters:
    ///   - bytes: UTF-8 without a byte-order mark.
    ///   - end: the position behind the last character.
    init(_ bytes: ArraySlice<UInt8>, end: Position) {
        self.end = end
        parser = .allocate(capacity: 1)
        text = .allocate(capacity: max(1, bytes.count))
        _ = text.update(fromContentsOf: bytes)
        let isReady = yaml_parser_initialize(parser) == 1
        precondition(isReady, "out of memory")
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        text.deallocate()
    }

    mutating func next() throws(SyntaxProblem) -> Event {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { throw problem() }
        defer { yaml_event_delete(&raw) }
        let event = Event(raw, in: end)
        follow(event)
        return event
    }

    /// Keeps what a later problem may be explained by.
    private mutating func follow(_ event: Event) {
        switch event.kind {
        case .sequenceStart: open.append(event.isBracketed ? Bracket("[", at: event.start) : nil)
        case .mappingStart: open.append(event.isBracketed ? Bracket("{", at: event.start) : nil)
        case .sequenceEnd, .mappingEnd:
            guard let bracket = open.popLast() ?? nil else { return }
            lastClosed = SyntaxProblem.Closed(start: bracket.start, end: event.end, isQuoted: false)
        case .scalar where event.isBracketed:
            lastClosed = SyntaxProblem.Closed(start: event.start, end: event.end, isQuoted: true)
        default: break
        }
    }

    /// Whether the last event stands inside brackets, where a text ends before the line does.
    var isInBrackets: Bool { open.contains { $0 != nil } }

    private func problem() -> SyntaxProblem {
        let state = parser.pointee
        return SyntaxProblem(
            problem: state.problem.map { String(cString: $0) } ?? "out of memory",
            at: Position(state.problem_mark, in: end),
            context: state.context.map { String(cString: $0) } ?? "",
            contextAt: state.context == nil ? nil : Position(state.context_mark, in: end),
            closed: lastClosed, openBracket: open.last(where: { $0 != nil }) ?? nil)
    }
}

/// A bracket that opens a flow collection.
struct Bracket {
    var character: Character
    var start: Position

    init(_ character: Character, at start: Position) {
        self.character = character
        self.start = start
    }
}

extension Position {
    /// libyaml counts lines and characters from 0. It sees the line ends that `SourceText` sees, for `TextCheck` lets
    /// no other pass; but it makes one up behind a last line that has none.
    fileprivate init(_ mark: yaml_mark_t, in end: Position) {
        self = min(end, Position(line: Int(mark.line) + 1, column: Int(mark.column) + 1))
    }
}

extension Event {
    fileprivate init(_ raw: yaml_event_t, in end: Position) {
        self.init(kind: .streamStart, start: Position(raw.start_mark, in: end), end: Position(raw.end_mark, in: end))
        switch raw.type {
        case YAML_STREAM_END_EVENT: kind = .streamEnd
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
        case YAML_ALIAS_EVENT: kind = .alias(text(raw.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: readScalar(raw)
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequenceStart
            isBracketed = raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
            (anchor, tag) = (text(raw.data.sequence_start.anchor), text(raw.data.sequence_start.tag))
        case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            kind = .mappingStart
            // The pair in `[a: b]` is a mapping without braces, and without a length.
            isBracketed = raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE && self.end > start
            (anchor, tag) = (text(raw.data.mapping_start.anchor), text(raw.data.mapping_start.tag))
        case YAML_MAPPING_END_EVENT: kind = .mappingEnd
        default: break
        }
    }

    private mutating func readScalar(_ raw: yaml_event_t) {
        let scalar = raw.data.scalar
        let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let style = ScalarStyle(scalar.style)
        kind = .scalar(String(decoding: value, as: UTF8.self), style)
        isBracketed = style == .singleQuoted || style == .doubleQuoted
        (anchor, tag) = (text(scalar.anchor), text(scalar.tag))
    }

    private func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}

extension ScalarStyle {
    fileprivate init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: self = .literal
        case YAML_FOLDED_SCALAR_STYLE: self = .folded
        default: self = .plain
        }
    }
}
