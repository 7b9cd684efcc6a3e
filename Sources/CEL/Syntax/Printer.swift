extension Expr {
    /// The expression as source text, with the brackets it needs and no others: what the parser reads back as the
    /// same tree.
    package var source: String {
        var printer = Printer()
        printer.write(self, atLeast: 0)
        return printer.text
    }
}

private struct Printer {
    var text = ""

    /// Writes a node, in brackets where it binds less than its surroundings ask for.
    mutating func write(_ node: Expr, atLeast least: Int) {
        let needsBrackets = node.precedence < least
        if needsBrackets { text += "(" }
        write(node.kind)
        if needsBrackets { text += ")" }
    }

    private mutating func write(_ kind: Expr.Kind) {
        switch kind {
        case .literal(let literal): text += literal.source
        case .name(let name, let isRooted): text += isRooted ? "." + name : name
        case .select(let operand, let field, let isOptional):
            write(operand, atLeast: 8)
            text += isOptional ? ".?" : "."
            text += FieldName.isIdentifier(field) ? field : "`\(field)`"
        case .index(let operand, let index, let isOptional):
            write(operand, atLeast: 8)
            text += isOptional ? "[?" : "["
            write(index, atLeast: 0)
            text += "]"
        case .call(let function, let isRooted, let arguments):
            text += (isRooted ? "." : "") + function
            write(arguments)
        case .method(let target, let function, let arguments):
            write(target, atLeast: 8)
            text += "." + function
            write(arguments)
        case .unary(let operation, let operand): write(operation, operand)
        case .binary(let operation, let left, let right):
            write(left, atLeast: operation.precedence)
            text += " \(operation.rawValue) "
            write(right, atLeast: operation.precedence + 1)
        case .logic(let operation, let terms):
            write(terms, between: " \(operation.rawValue) ", atLeast: operation.precedence + 1)
        case .conditional(let condition, let yes, let no):
            write(condition, atLeast: 2)
            text += " ? "
            write(yes, atLeast: 2)
            text += " : "
            write(no, atLeast: 1)
        case .list(let elements): write(elements)
        case .map(let entries): write(entries)
        case .message(let type, let fields): write(type, fields)
        case .has(let operand):
            text += "has"
            write([operand])
        case .bind(let variable, let value, let body):
            text += "cel.bind(\(variable), "
            write([value, body], between: ", ", atLeast: 0)
            text += ")"
        case .comprehension(let comprehension): write(comprehension)
        }
    }

    /// A run of the same sign collapses when it is read, and a minus joins a number: both need brackets between.
    private mutating func write(_ operation: UnaryOperator, _ operand: Expr) {
        text += operation.rawValue
        let isSameSign: Bool
        switch operand.kind {
        case .unary(let inner, _): isSameSign = inner == operation
        case .literal(.int(let number)): isSameSign = operation == .negate || number < 0
        case .literal(.double): isSameSign = operation == .negate
        default: isSameSign = operation == .negate && operand.beginsWithNumber
        }
        write(operand, atLeast: isSameSign ? 10 : 8)
    }

    private mutating func write(_ arguments: [Expr]) {
        text += "("
        write(arguments, between: ", ", atLeast: 0)
        text += ")"
    }

    private mutating func write(_ nodes: [Expr], between separator: String, atLeast least: Int) {
        for (number, node) in nodes.enumerated() {
            if number > 0 { text += separator }
            write(node, atLeast: least)
        }
    }

    private mutating func write(_ elements: [Expr.Element]) {
        text += "["
        for (number, element) in elements.enumerated() {
            text += (number > 0 ? ", " : "") + (element.isOptional ? "?" : "")
            write(element.value, atLeast: 0)
        }
        text += "]"
    }

    private mutating func write(_ entries: [Expr.Entry]) {
        text += "{"
        for (number, entry) in entries.enumerated() {
            text += (number > 0 ? ", " : "") + (entry.isOptional ? "?" : "")
            write(entry.key, atLeast: 0)
            text += ": "
            write(entry.value, atLeast: 0)
        }
        text += "}"
    }

    private mutating func write(_ type: String, _ fields: [Expr.MessageField]) {
        text += type + "{"
        for (number, field) in fields.enumerated() {
            text += (number > 0 ? ", " : "") + (field.isOptional ? "?" : "")
            text += (FieldName.isIdentifier(field.name) ? field.name : "`\(field.name)`") + ": "
            write(field.value, atLeast: 0)
        }
        text += "}"
    }

    private mutating func write(_ comprehension: Comprehension) {
        write(comprehension.target, atLeast: 8)
        let isTwo = comprehension.second != nil
        text += "." + (isTwo && comprehension.kind == .existsOne ? "existsOne" : comprehension.kind.rawValue)
        text += "(" + comprehension.variable + (comprehension.second.map { ", " + $0 } ?? "")
        for body in [comprehension.predicate, comprehension.transform].compactMap({ $0 }) {
            text += ", "
            write(body, atLeast: 0)
        }
        text += ")"
    }
}

extension LogicOperator {
    fileprivate var precedence: Int { self == .or ? 2 : 3 }
}

extension BinaryOperator {
    fileprivate var precedence: Int {
        switch self {
        case .add, .subtract: 5
        case .multiply, .divide, .remainder: 6
        default: 4
        }
    }
}

extension Expr {
    /// From 1 for a conditional to 9 for what never needs brackets. A number with a minus before it is an operand as
    /// it is, save behind another minus.
    fileprivate var precedence: Int {
        switch kind {
        case .conditional: 1
        case .logic(let operation, _): operation.precedence
        case .binary(let operation, _, _): operation.precedence
        case .unary: 7
        default: 9
        }
    }

    /// Whether the text begins with a number, which a minus before it would take for its own: `5.method()`.
    fileprivate var beginsWithNumber: Bool {
        switch kind {
        case .literal(.int), .literal(.uint), .literal(.double): true
        case .select(let inner, _, _), .index(let inner, _, _), .method(let inner, _, _): inner.beginsWithNumber
        case .comprehension(let comprehension): comprehension.target.beginsWithNumber
        default: false
        }
    }
}

/// Names of fields, as paths and messages spell them.
package enum FieldName {
    /// Whether a name can stand behind a dot without backticks.
    package static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.isNameStart else { return false }
        return name.utf8.allSatisfy { $0.isNameStart || $0.isDigit } && Symbol.words[name] == nil
    }

    /// Whether a name can stand at the start of a path.
    package static func isVariable(_ name: String) -> Bool {
        isIdentifier(name) && !reservedWords.contains(name)
    }

    /// A path as an expression spells it: `user.email`, `record['Due Date']`, `fields['Due Date'].start`.
    package static func path(_ steps: [String]) -> String {
        guard let first = steps.first else { return "record" }
        var text = isVariable(first) ? first : "record[\(LiteralText.text(first))]"
        for step in steps.dropFirst() {
            text += isIdentifier(step) ? "." + step : "[\(LiteralText.text(step))]"
        }
        return text
    }
}
