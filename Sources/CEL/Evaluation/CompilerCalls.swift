import Values

// Calls of functions and methods.
extension Compiler {
    mutating func method(_ receiver: Expr, _ name: String, _ arguments: [Expr], _ span: Span) -> any Node {
        if names.isNamespace(receiver), let qualified = receiver.qualifiedName.map({ $0 + "." + name }),
            Library.function(qualified) != nil
        {
            return call(qualified, arguments, asMethod: false, span)
        }
        return call(name, [receiver] + arguments, asMethod: true, span)
    }

    mutating func call(_ name: String, _ arguments: [Expr], asMethod: Bool, _ span: Span) -> any Node {
        let parts = compile(arguments)
        guard let function = Library.function(name) else {
            return FailingNode(EvaluationFailure(.unknownFunction(name), span))
        }
        let fits = function.overloads(asMethod: asMethod).contains { $0.takes(arguments.count) }
        guard fits else {
            let count = arguments.count - (asMethod ? 1 : 0)
            let kinds = count == 0 ? [] : ["\(count) argument\(count == 1 ? "" : "s")"]
            return FailingNode(EvaluationFailure(.noOverload(function: name, kinds: kinds), span))
        }
        if name == "matches", case .text(let pattern)? = constant(parts[1]) { return match(parts, pattern, span) }
        if asMethod, parts.count == 2, name == "or" || name == "orValue" {
            return OptionalElseNode(parts[0], parts[1], takesValue: name == "orValue", span)
        }
        switch function.body {
        case .clock(let body): return clock(body, parts, span)
        case .unary(let body): return folded(UnaryCallNode(body, parts[0], span), parts)
        case .binary(let body): return folded(BinaryCallNode(body, parts[0], parts[1], span), parts)
        case .variadic(let body): return folded(CallNode(body, parts, span), parts)
        }
    }

    /// What a clock shows; a zone that is named by a constant is looked up here, once.
    private func clock(_ body: @escaping Function.Clock, _ parts: [any Node], _ span: Span) -> any Node {
        guard parts.count == 2 else { return folded(ClockNode(body, parts[0], .none, span), parts) }
        guard case .text(let name)? = constant(parts[1]) else {
            return ClockNode(body, parts[0], .computed(parts[1], timeZones), span)
        }
        do throws(Fault) {
            return folded(ClockNode(body, parts[0], .known(try timeZones.rules(name)), span), [parts[0]])
        } catch {
            return FailingNode(EvaluationFailure(error, parts[1].span))
        }
    }

    private func match(_ parts: [any Node], _ pattern: String, _ span: Span) -> any Node {
        do throws(Fault) {
            return folded(MatchNode(parts[0], try Pattern(pattern), span), [parts[0]])
        } catch {
            return FailingNode(EvaluationFailure(error, parts[1].span))
        }
    }
}
