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
        set {
            switch side {
            case .left: left = newValue
            case .right: right = newValue
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
