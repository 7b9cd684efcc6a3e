import Values

// Operators, literals with parts, and macros.
extension Compiler {
    mutating func binary(_ operation: BinaryOperator, _ left: Expr, _ right: Expr, _ span: Span) -> any Node {
        if operation == .add, !isTracing { return sum(left, right, span) }
        let parts = compile([left, right])
        return folded(combined(operation, parts[0], parts[1], span), parts)
    }

    private func combined(
        _ operation: BinaryOperator, _ left: any Node, _ right: any Node, _ span: Span
    ) -> any Node {
        switch operation {
        case .equal, .notEqual:
            let isNegated = operation == .notEqual
            if case .text(let text)? = constant(right) { return EqualTextNode(left, text, isNegated: isNegated, span) }
            if case .text(let text)? = constant(left) { return EqualTextNode(right, text, isNegated: isNegated, span) }
            return EqualNode(left, right, isNegated: isNegated, span)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return OrderNode(operation, left, right, span)
        case .in:
            if case .list(let list)? = constant(right) { return ConstantMembershipNode(left, ConstantSet(list), span) }
            return MembershipNode(left, right, span)
        default: return ArithmeticNode(operation, left, right, span)
        }
    }

    /// `a + b + c` as one node, without going down its left side.
    private mutating func sum(_ left: Expr, _ right: Expr, _ span: Span) -> any Node {
        var terms = [right]
        var spans = [span]
        var front = left
        while case .binary(.add, let left, let right) = front.kind {
            terms.append(right)
            spans.append(front.span)
            front = left
        }
        let nodes = compile([front] + terms.reversed())
        if nodes.count == 2 { return folded(ArithmeticNode(.add, nodes[0], nodes[1], span), nodes) }
        return folded(SumNode(nodes, spans: spans.reversed(), span), nodes)
    }

    mutating func list(_ elements: [Expr.Element], _ span: Span) -> any Node {
        let nodes = compile(elements.map(\.value))
        let parts = zip(nodes, elements).map { OptionalPart(node: $0, isOptional: $1.isOptional) }
        return folded(ListNode(parts, span), nodes)
    }

    mutating func map(_ entries: [Expr.Entry], _ span: Span) -> any Node {
        var nodes: [(key: any Node, value: OptionalPart)] = []
        for entry in entries {
            let key = compile(entry.key)
            nodes.append((key, OptionalPart(node: compile(entry.value), isOptional: entry.isOptional)))
        }
        return folded(MapNode(nodes, span), nodes.flatMap { [$0.key, $0.value.node] })
    }

    /// `has(a.b)`; the part before the last step must be there, so it is compiled, and traced, by itself where it is
    /// no path.
    mutating func has(_ operand: Expr, _ span: Span) -> any Node {
        if let steps = names.path(operand) {
            uses.note(steps, operand.span)
            let root: PathNode.Root = steps[0].name == "record" ? .record : .field
            return HasPathNode(PathNode(steps, root: root, operand.span), span)
        }
        switch operand.kind {
        case .select(let holder, let field, false):
            let node = compile(holder)
            return folded(HasNode(node, field, span), [node])
        // A variable or a given value is there, or the expression would not have got here.
        default: return ConstantNode(.bool(true), span)
        }
    }

    mutating func comprehension(_ comprehension: Comprehension, _ span: Span) -> any Node {
        let target = compile(comprehension.target)
        let variables = [comprehension.variable] + (comprehension.second.map { [$0] } ?? [])
        let slot = names.variables.count
        names.push(variables)
        defer { names.pop(variables.count) }
        let predicate = comprehension.predicate.map { compile($0) }
        let transform = comprehension.transform.map { compile($0) }
        if comprehension.kind == .optMap || comprehension.kind == .optFlatMap, let transform {
            return OptionalMapNode(target, transform, isFlat: comprehension.kind == .optFlatMap, span)
        }
        return ComprehensionNode(
            comprehension, target: target, slot: slot, predicate: predicate, transform: transform, span)
    }
}
