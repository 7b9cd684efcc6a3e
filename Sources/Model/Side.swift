/// One of the two sides of a job. Neither is the master.
package enum Side: String, Sendable, Hashable, CaseIterable {
    case left, right

    package var other: Side { self == .left ? .right : .left }
}

/// A value for each side.
package struct Sides<Content> {
    package var left: Content
    package var right: Content

    package init(left: Content, right: Content) {
        self.left = left
        self.right = right
    }

    @inlinable
    package subscript(side: Side) -> Content {
        get { side == .left ? left : right }
        // In place: a getter and a setter would copy what is changed, and with it whole tables.
        _modify {
            switch side {
            case .left: yield &left
            case .right: yield &right
            }
        }
    }

    package func map<Other>(_ transform: (Content) throws -> Other) rethrows -> Sides<Other> {
        Sides<Other>(left: try transform(left), right: try transform(right))
    }
}

extension Sides: Sendable where Content: Sendable {}
extension Sides: Equatable where Content: Equatable {}
extension Sides: Hashable where Content: Hashable {}
