import Values

final class EqualNode: BoolNode {
    let span: Span
    private let left: any Node
    private let right: any Node
    private let isNegated: Bool

    init(_ left: any Node, _ right: any Node, isNegated: Bool, _ span: Span) {
        self.left = left
        self.right = right
        self.isNegated = isNegated
        self.span = span
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        let left = try self.left.value(scope, &run)
        let right = try self.right.value(scope, &run)
        let isEqual = try placed { () throws(Fault) in
            try run.budget.charge(left.weight)
            return try left.equals(right, &run.budget)
        }
        return isEqual != isNegated
    }
}

/// Equality with a constant text, the most common test of a filter.
final class EqualTextNode: BoolNode {
    let span: Span
    private let operand: any Node
    private let constant: String
    private let isNegated: Bool

    init(_ operand: any Node, _ constant: String, isNegated: Bool, _ span: Span) {
        self.operand = operand
        self.constant = constant
        self.isNegated = isNegated
        self.span = span
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        guard case .text(let text) = try operand.value(scope, &run) else { return isNegated }
        return text.hasSameBytes(as: constant) != isNegated
    }
}

final class OrderNode: BoolNode {
    let span: Span
    private let operation: BinaryOperator
    private let left: any Node
    private let right: any Node

    init(_ operation: BinaryOperator, _ left: any Node, _ right: any Node, _ span: Span) {
        self.operation = operation
        self.left = left
        self.right = right
        self.span = span
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        let left = try self.left.value(scope, &run)
        let right = try self.right.value(scope, &run)
        let order = try placed { () throws(Fault) in try left.ordered(against: right, operation) }
        switch operation {
        case .less: return order == .less
        case .lessOrEqual: return order == .less || order == .equal
        case .greater: return order == .greater
        default: return order == .greater || order == .equal
        }
    }
}

final class MembershipNode: BoolNode {
    let span: Span
    private let element: any Node
    private let collection: any Node

    init(_ element: any Node, _ collection: any Node, _ span: Span) {
        self.element = element
        self.collection = collection
        self.span = span
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        let element = try self.element.value(scope, &run)
        let collection = try self.collection.value(scope, &run)
        return try placed { () throws(Fault) in try element.isMember(of: collection, &run.budget) }
    }
}

/// `in` a list of constants.
final class ConstantMembershipNode: BoolNode {
    let span: Span
    private let element: any Node
    private let set: ConstantSet

    init(_ element: any Node, _ set: ConstantSet, _ span: Span) {
        self.element = element
        self.set = set
        self.span = span
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        set.contains(try element.value(scope, &run))
    }
}
