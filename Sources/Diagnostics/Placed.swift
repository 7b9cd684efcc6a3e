/// Something as it was written, and where.
package struct Placed<Content> {
    package var content: Content
    package var place: Place

    package init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }
}

extension Placed: Sendable where Content: Sendable {}
