extension Parser {
    /// A call with a receiver: a macro where name and number of arguments say so, else a method.
    func macro(on target: Expr, _ name: String, _ arguments: [Expr], _ start: Int32) throws(SyntaxError) -> Expr {
        if name == "bind", arguments.count == 3, case .name("cel", _) = target.kind {
            let variable = try self.variable(arguments[0], of: "bind")
            return try node(.bind(variable: variable, arguments[1], in: arguments[2]), from: start)
        }
        if hasBlocks, case .name("cel", _) = target.kind, let block = try block(name, arguments, start) {
            return block
        }
        guard let shape = MacroShape.of(name, arguments.count) else {
            return try node(.method(target, function: name, arguments), from: start)
        }
        let variable = try self.variable(arguments[0], of: name)
        let second = shape.variables == 2 ? try self.variable(arguments[1], of: name) : nil
        if second == variable { throw SyntaxError(.repeatedVariable(variable), arguments[1].span) }
        let bodies = arguments[shape.variables...]
        let comprehension = Comprehension(
            kind: shape.kind, target: target, variable: variable, second: second,
            predicate: shape.hasPredicate ? bodies.first : nil, transform: shape.hasTransform ? bodies.last : nil)
        return try node(.comprehension(comprehension), from: start)
    }

    /// The macros by which the language's suite writes what optimizers make: a block of numbered values, of which each
    /// may use those before it. Their names are none that an expression can spell. nil where it is none of them.
    private func block(_ name: String, _ arguments: [Expr], _ start: Int32) throws(SyntaxError) -> Expr? {
        let numbers = arguments.compactMap { argument -> Int64? in
            if case .literal(.int(let number)) = argument.kind { number } else { nil }
        }
        switch (name, arguments.count) {
        case ("index", 1) where numbers.count == 1:
            return try node(.name("@index\(numbers[0])", isRooted: false), from: start)
        case ("iterVar", 2) where numbers.count == 2:
            return try node(.name("@it:\(numbers[0]):\(numbers[1])", isRooted: false), from: start)
        case ("block", 2):
            guard case .list(let elements) = arguments[0].kind else { return nil }
            var body = arguments[1]
            for (number, element) in elements.enumerated().reversed() {
                body = try node(.bind(variable: "@index\(number)", element.value, in: body), from: start)
            }
            return body
        default: return nil
        }
    }

    func has(_ operand: Expr, _ start: Int32) throws(SyntaxError) -> Expr {
        switch operand.kind {
        case .select(_, _, isOptional: false), .name: return try node(.has(operand), from: start)
        default: throw SyntaxError(.notAField, operand.span)
        }
    }

    private func variable(_ argument: Expr, of macro: String) throws(SyntaxError) -> String {
        guard case .name(let name, false) = argument.kind else {
            throw SyntaxError(.notAName(macro: macro), argument.span)
        }
        return name
    }
}

/// What the arguments of a macro are, by its name and their number.
private struct MacroShape {
    var kind: Comprehension.Kind
    var variables: Int
    var hasPredicate: Bool
    var hasTransform: Bool

    static func of(_ name: String, _ count: Int) -> MacroShape? {
        switch (name, count) {
        case ("all", 2...3): test(.all, count - 1)
        case ("exists", 2...3): test(.exists, count - 1)
        case ("exists_one", 2), ("existsOne", 2...3): test(.existsOne, count - 1)
        case ("filter", 2): test(.filter, 1)
        case ("map", 2...3): MacroShape(kind: .map, variables: 1, hasPredicate: count == 3, hasTransform: true)
        case ("optMap", 2): MacroShape(kind: .optMap, variables: 1, hasPredicate: false, hasTransform: true)
        case ("optFlatMap", 2): MacroShape(kind: .optFlatMap, variables: 1, hasPredicate: false, hasTransform: true)
        case ("sortBy", 2): MacroShape(kind: .sortBy, variables: 1, hasPredicate: false, hasTransform: true)
        case ("transformList", 3...4): transform(.transformList, count)
        case ("transformMap", 3...4): transform(.transformMap, count)
        case ("transformMapEntry", 3...4): transform(.transformMapEntry, count)
        default: nil
        }
    }

    private static func test(_ kind: Comprehension.Kind, _ variables: Int) -> MacroShape {
        MacroShape(kind: kind, variables: variables, hasPredicate: true, hasTransform: false)
    }

    private static func transform(_ kind: Comprehension.Kind, _ count: Int) -> MacroShape {
        MacroShape(kind: kind, variables: 2, hasPredicate: count == 4, hasTransform: true)
    }
}
