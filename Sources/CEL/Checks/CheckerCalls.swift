import Diagnostics

// What functions take.
extension Checker {
    mutating func method(_ receiver: Expr, _ name: String, _ arguments: [Expr], _ expression: Expr) -> CELType {
        if names.isNamespace(receiver), let front = receiver.qualifiedName {
            let isRooted = front.utf8.first == UInt8(ascii: ".")
            let qualified = (isRooted ? String(front.dropFirst()) : front) + "." + name
            if function(qualified, isRooted: isRooted) != nil {
                return call(qualified, arguments, isRooted: isRooted, expression)
            }
        }
        let types = [type(receiver)] + types(arguments)
        return judge(name, function(name, isRooted: true), types, asMethod: true, expression)
    }

    mutating func call(_ name: String, _ arguments: [Expr], isRooted: Bool, _ expression: Expr) -> CELType {
        let types = types(arguments)
        if name == "math.greatest" || name == "math.least" { return extreme(name, types, expression) }
        return judge(name, function(name, isRooted: isRooted), types, asMethod: false, expression)
    }

    /// One list of numbers, or any number of them, which are judged as the list that they would make.
    private mutating func extreme(_ name: String, _ types: [CELType], _ expression: Expr) -> CELType {
        let signatures = function(name, isRooted: true)
        switch types.count {
        case 0:
            report(.wrongArgumentCount, "'\(name)' takes 1 or more arguments, and here stand 0", expression.span)
            return .dyn
        case 1: return judge(name, signatures, types, asMethod: false, expression)
        default: break
        }
        for type in types where !SignatureTable.numbers.contains(where: { inference.isAssignable(type, to: $0) }) {
            let fault = Fault.noOverload(function: name, kinds: types.map { word($0) })
            report(.typeMismatch, fault.message, expression.span, hint: "it takes numbers, or a list of them")
            return .dyn
        }
        return judge(name, signatures, [.list(inference.common(types))], asMethod: false, expression)
    }

    /// The ways to call a function, first of those that the environment declares in the container.
    private func function(_ name: String, isRooted: Bool) -> [Signature]? {
        if !environment.functions.isEmpty {
            for candidate in names.candidates(name, isRooted: isRooted) {
                if let declared = environment.functions[candidate] { return declared }
            }
        }
        return SignatureTable.signatures(name)
    }

    private mutating func judge(
        _ name: String, _ signatures: [Signature]?, _ types: [CELType], asMethod: Bool, _ expression: Expr
    ) -> CELType {
        guard let signatures else {
            let near = nearestOrLongerName(to: name, in: SignatureTable.names).map { "did you mean '\($0)'?" }
            report(.unknownFunction, "no function '\(name)'", expression.functionSpan(name), hint: near)
            return .dyn
        }
        let styled = signatures.filter { $0.isMethod == asMethod }
        guard !styled.isEmpty else {
            let (spelled, meant) = asMethod ? ("x.\(name)(…)", "\(name)(x)") : ("\(name)(x)", "x.\(name)(…)")
            report(.unknownFunction, "there is no \(spelled)", expression.functionSpan(name), hint: "write \(meant)")
            return .dyn
        }
        guard styled.contains(where: { $0.parameters.count == types.count }) else {
            wrongCount(name, styled, types.count, asMethod, expression)
            return .dyn
        }
        if let result = resolve(styled, types) { return result }
        mismatch(name, types, styled, expression.span)
        return .dyn
    }

    /// The result of the signatures that take such arguments: `dyn` where they do not agree, nil where none takes them.
    mutating func resolve(_ signatures: [Signature], _ arguments: [CELType]) -> CELType? {
        var result: CELType?
        for signature in signatures where signature.parameters.count == arguments.count {
            let instance = inference.instance(of: signature)
            guard inference.areAssignable(arguments, to: instance.parameters) else { continue }
            let type = inference.resolved(instance.result)
            if result == nil {
                result = type
            } else if result != type {
                return .dyn
            }
        }
        return result
    }

    mutating func mismatch(_ name: String, _ types: [CELType], _ signatures: [Signature], _ span: Span) {
        var known: [CELType] = []
        for type in types { known.append(inference.resolved(type)) }
        // Where the kinds would do, it is what they hold that does not.
        let isInside = resolve(signatures, known.map(\.shallow)) != nil
        let fault = Fault.noOverload(function: name, kinds: known.map { isInside ? $0.phrase : $0.word })
        let takers = isInside ? signatures.filter { $0.parameters.count == types.count } : signatures
        let hint = Signature.hint(name, takers, withContents: isInside)
        report(.typeMismatch, fault.message, span, hint: fault.hint ?? hint)
    }

    private mutating func wrongCount(
        _ name: String, _ signatures: [Signature], _ count: Int, _ asMethod: Bool, _ expression: Expr
    ) {
        let receiver = asMethod ? 1 : 0
        let counts = Set(signatures.map { $0.parameters.count - receiver }).sorted()
        let numbers = counts.map(String.init).joined(separator: " or ")
        let wanted = numbers + (numbers == "1" ? " argument" : " arguments")
        report(
            .wrongArgumentCount, "'\(name)' takes \(wanted), and here stand \(count - receiver)", expression.span)
    }
}

extension Signature {
    /// What a function takes, in words; nil for operators. `withContents` where it is what they hold that matters.
    fileprivate static func hint(_ name: String, _ signatures: [Signature], withContents: Bool) -> String? {
        guard name.utf8.first?.isNameStart == true, name != "in" else { return nil }
        guard !withContents, signatures.contains(where: { $0.isMethod || $0.parameters.count != 1 }) else {
            return "it takes " + listed(signatures.map { $0.parameters.map(\.phrase).joined(separator: ", ") })
        }
        return "there is " + listed(signatures.map { $0.call(name) })
    }

    private static func listed(_ all: [String]) -> String {
        var words: [String] = []
        for word in all where !words.contains(word) { words.append(word) }
        guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension CELType {
    /// The kind alone, without what it holds.
    fileprivate var shallow: CELType {
        switch self {
        case .list: .list(.dyn)
        case .map, .object: .map(.dyn, .dyn)
        case .opaque(let name, let contents): .opaque(name, contents.map { _ in .dyn })
        default: self
        }
    }
}

extension Inference {
    /// A signature with type variables of its own.
    mutating func instance(of signature: Signature) -> (parameters: [CELType], result: CELType) {
        guard !signature.generics.isEmpty else { return (signature.parameters, signature.result) }
        var variables: [(name: String, type: CELType)] = []
        for name in signature.generics {
            let conflict: Conflict = isStrict ? .refuse : signature.merged.contains(name) ? .merge : .compare
            variables.append((name, fresh(conflict)))
        }
        return (signature.parameters.map { $0.filled(variables) }, signature.result.filled(variables))
    }
}

extension CELType {
    fileprivate func filled(_ variables: [(name: String, type: CELType)]) -> CELType {
        switch self {
        case .parameter(let name): variables.first { $0.name == name }?.type ?? self
        case .list(let inner): .list(inner.filled(variables))
        case .map(let key, let value): .map(key.filled(variables), value.filled(variables))
        case .type(let inner): .type(inner.filled(variables))
        case .nullable(let inner): .nullable(inner.filled(variables))
        case .opaque(let name, let contents): .opaque(name, contents.map { $0.filled(variables) })
        default: self
        }
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
