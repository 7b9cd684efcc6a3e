import Diagnostics

/// A step through a YAML text, as libyaml reports it, in Swift's terms.
struct Event {
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias(String)
        case scalar(String, ScalarStyle)
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    }

    var kind: Kind
    var anchor: String?
    /// The tag written out in full; nil if there is none.
    var tag: String?
    /// Whether brackets or quotes mark where it begins and ends.
    var isBracketed = false
    var start: Position
    var end: Position
}
