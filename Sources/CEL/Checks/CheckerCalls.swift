import Diagnostics

// What functions take.
extension Checker {
    mutating func method(
        _ receiver: Expr, _ name: String, _ arguments: [Expr], _ expression: Expr
    ) -> StaticType {
        if names.isNamespace(receiver), let qualified = receiver.qualifiedName.map({ $0 + "." + name }),
            Library.function(qualified) != nil
        {
            return call(qualified, arguments, asMethod: false, expression)
        }
        return call(name, [receiver] + arguments, asMethod: true, expression)
    }

    mutating func call(_ name: String, _ arguments: [Expr], asMethod: Bool, _ expression: Expr) -> StaticType {
        var types: [StaticType] = []
        for argument in arguments { types.append(type(argument)) }
        guard let function = Library.function(name) else {
            unknown(name, expression)
            return .dyn
        }
        let overloads = function.overloads(asMethod: asMethod)
        guard !overloads.isEmpty else {
            let (spelled, meant) = asMethod ? ("x.\(name)(…)", "\(name)(x)") : ("\(name)(x)", "x.\(name)(…)")
            report("unknown-function", "there is no \(spelled)", expression.functionSpan(name), hint: "write \(meant)")
            return .dyn
        }
        guard overloads.contains(where: { $0.takes(types.count) }) else {
            wrongCount(name, overloads, types.count, asMethod, expression)
            return .dyn
        }
        return result(name, overloads, types, expression.span)
    }

    private mutating func result(
        _ name: String, _ overloads: [Overload], _ types: [StaticType], _ span: Span
    ) -> StaticType {
        let fitting = overloads.filter { $0.takes(types) }
        guard let first = fitting.first else {
            let fault = Fault.noOverload(function: name, kinds: types.map(\.word))
            report("type-mismatch", fault.message, span, hint: fault.hint)
            return .dyn
        }
        return fitting.allSatisfy { $0.result == first.result } ? first.result : .dyn
    }

    private mutating func unknown(_ name: String, _ expression: Expr) {
        let span = expression.functionSpan(name)
        let near = nearestName(to: name, in: Library.names).map { "did you mean '\($0)'?" }
        report("unknown-function", "no function '\(name)'", span, hint: near)
    }

    private mutating func wrongCount(
        _ name: String, _ overloads: [Overload], _ count: Int, _ asMethod: Bool, _ expression: Expr
    ) {
        let receiver = asMethod ? 1 : 0
        let counts = Set(overloads.map { $0.parameters.count - receiver }).sorted()
        let isOpen = overloads.contains(where: \.isVariadic)
        let numbers = counts.map(String.init).joined(separator: " or ") + (isOpen ? " or more" : "")
        let wanted = numbers + (numbers == "1" ? " argument" : " arguments")
        report(
            "wrong-argument-count", "'\(name)' takes \(wanted), and here stand \(count - receiver)", expression.span)
    }
}

extension Expr {
    /// Where a call names its function, as near as the tree tells.
    fileprivate func functionSpan(_ name: String) -> Span {
        switch kind {
        case .method(let receiver, let function, _) where function.utf8.count == name.utf8.count:
            Span(Int(receiver.span.end) + 1, Int(receiver.span.end) + 1 + name.utf8.count)
        default: Span(Int(span.start), min(Int(span.end), Int(span.start) + name.utf8.count))
        }
    }
}
