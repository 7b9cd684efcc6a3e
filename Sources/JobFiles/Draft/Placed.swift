import Diagnostics

/// Something as it was written, and where.
struct Placed<Content> {
    var content: Content
    var place: Place

    init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }
}

extension Placed: Sendable where Content: Sendable {}
