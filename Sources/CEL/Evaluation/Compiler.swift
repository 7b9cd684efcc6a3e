/// Makes nodes of a tree. What is constant is computed here; a constant part that fails becomes a node that fails
/// when it is reached.
struct Compiler {
    var names: Names
    var uses = FieldUses()
    /// Wraps every part so that it records its value. Nothing is computed beforehand then.
    let isTracing: Bool
    let timeZones: TimeZones
    private let limits: Limits

    init(_ options: CompileOptions, isTracing: Bool) {
        names = Names(given: options.names, container: options.container)
        timeZones = options.timeZones
        limits = options.limits
        self.isTracing = isTracing
    }

    mutating func compile(_ expression: Expr) -> any Node {
        if let steps = names.path(expression) {
            uses.note(steps, expression.span)
            return traced(path(steps, expression.span), expression, isLeaf: true)
        }
        if let reference = names.reference(expression) {
            if case .type(let type) = reference, let steps = expression.steps, steps.count > 1 {
                uses.note(steps, expression.span, mayBeType: true)
                let path = PathNode(steps, root: .field, expression.span)
                return traced(DottedTypeNode(type, path), expression, isLeaf: true)
            }
            return traced(named(reference, expression), expression, isLeaf: true)
        }
        // `has(a.b)` looks at `a`, and never evaluates `a.b`.
        let isLeaf = if case .has = expression.kind { true } else { false }
        return traced(build(expression), expression, isLeaf: isLeaf)
    }

    mutating func compile(_ expressions: [Expr]) -> [any Node] {
        var nodes: [any Node] = []
        for expression in expressions { nodes.append(compile(expression)) }
        return nodes
    }

    private func traced(_ node: any Node, _ expression: Expr, isLeaf: Bool) -> any Node {
        isTracing ? RecordingNode(node, expression, isLeaf: isLeaf) : node
    }

    private func named(_ reference: Names.Reference, _ expression: Expr) -> any Node {
        switch reference {
        case .variable(let slot): VariableNode(slot: slot, expression.span)
        case .given(let name, let position): GivenNode(name, at: position, expression.span)
        case .type(let type): ConstantNode(.type(type), expression.span)
        case .field: FailingNode(EvaluationFailure(.noField(expression.source), expression.span))
        }
    }

    private func path(_ steps: [PathStep], _ span: Span) -> PathNode {
        let root: PathNode.Root =
            steps[0].name == "record" ? .record : steps[0].type.map(PathNode.Root.type) ?? .field
        return PathNode(steps, root: root, span)
    }

    private mutating func build(_ expression: Expr) -> any Node {
        let span = expression.span
        switch expression.kind {
        case .literal(let literal): return ConstantNode(CELValue(literal), span)
        case .name: return notBuilt("this name is", span)
        case .select(let operand, let field, let isOptional):
            if isOptional { return optionalSelect(operand, field, span) }
            let node = compile(operand)
            return folded(SelectNode(node, field, path: expression.qualifiedName, span), [node])
        case .index(let operand, let index, let isOptional):
            let parts = compile([operand, index])
            return folded(
                isOptional ? OptionalIndexNode(parts[0], parts[1], span) : IndexNode(parts[0], parts[1], span), parts)
        case .call(let function, _, let arguments): return call(function, arguments, asMethod: false, span)
        case .method(let receiver, let function, let arguments): return method(receiver, function, arguments, span)
        case .unary(let operation, let operand):
            let node = compile(operand)
            return folded(operation == .not ? NotNode(node, span) : NegateNode(node, span), [node])
        case .binary(let operation, let left, let right): return binary(operation, left, right, span)
        case .logic(let operation, let terms):
            let nodes = compile(terms)
            return folded(LogicNode(operation, nodes, span), nodes)
        case .conditional(let condition, let yes, let no):
            let nodes = compile([condition, yes, no])
            if case .bool(let isYes)? = constant(nodes[0]) { return isYes ? nodes[1] : nodes[2] }
            return ConditionalNode(nodes[0], nodes[1], nodes[2], span)
        case .list(let elements): return list(elements, span)
        case .map(let entries): return map(entries, span)
        case .message(let type, _): return notBuilt("messages such as '\(type)' are", span)
        case .has(let operand): return has(operand, span)
        case .bind(let variable, let value, let body):
            let bound = compile(value)
            names.push([variable])
            defer { names.pop(1) }
            return BindNode(bound, in: compile(body), span)
        case .comprehension(let comprehension): return self.comprehension(comprehension, span)
        }
    }

    /// `a.?b`. Where `a` is a path, the field that is read is known.
    private mutating func optionalSelect(_ operand: Expr, _ field: String, _ span: Span) -> any Node {
        guard let steps = names.path(operand) else {
            let node = compile(operand)
            return folded(OptionalSelectNode(node, field, span), [node])
        }
        uses.note(steps + [PathStep(name: field, span: span)], span)
        let node = path(steps, operand.span)
        if steps.count == 1, steps[0].name == "record" { return OptionalSelectNode(node, field, span) }
        return OptionalSelectNode(traced(node, operand, isLeaf: true), field, span)
    }

    func notBuilt(_ part: String, _ span: Span) -> any Node {
        FailingNode(EvaluationFailure(.notBuilt(part), span))
    }

    func constant(_ node: any Node) -> CELValue? { (node as? ConstantNode)?.constant }

    /// The value of a node at once, where all its parts are constant.
    func folded(_ node: any Node, _ parts: [any Node]) -> any Node {
        guard !isTracing, parts.allSatisfy({ $0 is ConstantNode }) else { return node }
        var run = Run(limits)
        do throws(EvaluationFailure) {
            return ConstantNode(try node.value(Scope(), &run), node.span)
        } catch {
            return error.fault.isAbsorbable ? FailingNode(error) : node
        }
    }
}
