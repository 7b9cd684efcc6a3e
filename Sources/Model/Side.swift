/// One of the two sides of a job. Neither is the master.
public enum Side: String, Sendable, Hashable, CaseIterable {
    case left, right

    @inlinable
    public var other: Side { self == .left ? .right : .left }
}

/// A value for each side.
///
/// Public, as ``Side`` and ``ByteArena`` are, though only this package uses it: the compiler makes versions of generic code for the
/// types of another module only where it is public, and `@inlinable` changes nothing for what is `package` (Swift 6.3).
public struct Sides<Content> {
    public var left: Content
    public var right: Content

    @inlinable
    public init(left: Content, right: Content) {
        self.left = left
        self.right = right
    }

    @inlinable
    public subscript(side: Side) -> Content {
        get { side == .left ? left : right }
        // In place: a getter and a setter would copy what is changed, and with it whole tables.
        _modify {
            switch side {
            case .left: yield &left
            case .right: yield &right
            }
        }
    }

    @inlinable
    public func map<Other>(_ transform: (Content) throws -> Other) rethrows -> Sides<Other> {
        Sides<Other>(left: try transform(left), right: try transform(right))
    }
}

extension Sides: Sendable where Content: Sendable {}
extension Sides: Equatable where Content: Equatable {}
extension Sides: Hashable where Content: Hashable {}
