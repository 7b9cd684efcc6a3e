import CEL
import Cron
import Diagnostics
import Model
import Values
import YAML

/// Takes the tree of a definition for what it says, and reports what is wrong beyond its shape: expressions, requests, names.
struct DefinitionReading {
    let reading: Reading
    let surroundings: Surroundings
    /// The names of settings that hold secrets.
    var secrets: Set<String> = []
    var findings = Findings()

    init(_ lines: SourceLines, _ surroundings: Surroundings) {
        reading = Reading(lines: lines)
        self.surroundings = surroundings
    }

    /// An expression over values with names; nil where there is none, or it is wrong.
    mutating func program(_ node: Node?, _ names: [String], isSecret: Bool = false) -> Program? {
        compile(node, DefinitionNames.options(names), isSecret: isSecret)
    }

    mutating func condition(_ node: Node?, _ names: [String], isSecret: Bool = false) -> Program? {
        compile(node, DefinitionNames.options(names, isCondition: true), isSecret: isSecret)
    }

    /// An expression over an entry, whose fields are names.
    mutating func entryProgram(_ node: Node?, isCondition: Bool = false) -> Program? {
        compile(node, DefinitionNames.entryOptions(isCondition: isCondition))
    }

    mutating func compile(_ node: Node?, _ options: CompileOptions, isSecret: Bool = false) -> Program? {
        guard let text = reading.placedText(node) else { return nil }
        return compile(text, options, isSecret: isSecret)
    }

    mutating func compile(_ text: PlacedText, _ options: CompileOptions, isSecret: Bool = false) -> Program? {
        guard let program = ExpressionText.compile(text, options, surroundings, &findings) else { return nil }
        if !isSecret, let name = secret(in: program.expression) {
            findings.add(
                .secretInRequest, "'settings.\(name)' is a secret, and is used outside 'auth'", at: text.place,
                hint: "what 'auth' sends is never shown or stored")
        }
        return program
    }

    /// The expressions of a mapping, by name.
    mutating func programs(_ node: Node?, _ names: [String], isSecret: Bool = false) -> [NamedProgram] {
        var programs: [NamedProgram] = []
        for entry in node?.entries ?? [] {
            guard let name = entry.key.scalar?.text else { continue }
            if let program = program(entry.value, names, isSecret: isSecret) {
                programs.append(NamedProgram(name, program))
            }
        }
        return programs
    }

    /// A length of time; nil where there is none.
    func duration(_ node: Node?) -> Duration? { reading.interval(node)?.content.duration }

    mutating func stampFormat(_ node: Node?) -> StampFormat? {
        guard let text = reading.placedText(node) else { return nil }
        switch text.text {
        case "epoch": return .epoch
        case "epoch_ms": return .epochMilliseconds
        default: return FormatText.read(text, &findings).map(StampFormat.pattern)
        }
    }

    /// The setting with a secret that an expression uses; nil where it uses none.
    private func secret(in expression: Expr) -> String? {
        if case .select(let target, let field, _) = expression.kind, case .name("settings", _) = target.kind,
            secrets.contains(field)
        {
            return field
        }
        if case .index(let target, let key, _) = expression.kind, case .name("settings", _) = target.kind,
            case .literal(.text(let field)) = key.kind, secrets.contains(field)
        {
            return field
        }
        for child in expression.kind.children {
            if let name = secret(in: child) { return name }
        }
        return nil
    }
}

// Requests.
extension DefinitionReading {
    /// The request of a mapping with the keys of ``RequestPart``; nil where it has none.
    mutating func request(_ node: Node, _ names: [String], isSecret: Bool = false) -> RequestTemplate? {
        guard var request = requestLine(node["request"], names, isSecret: isSecret) else { return nil }
        request.query = programs(node["query"], names, isSecret: isSecret)
        request.headers = programs(node["headers"], names, isSecret: isSecret)
        if node["body"] != nil, let form = node.entry("form") {
            findings.add(.optionClash, "a request has one body: 'body' or 'form'", at: form.key.place)
        }
        request.form = node["form"] == nil ? .json : .form
        request.body = program(node["body"] ?? node["form"], names, isSecret: isSecret)
        if let file = node.entry("file") {
            if node["body"] != nil || node["form"] != nil {
                findings.add(.optionClash, "a request has one body: 'file' or 'body' or 'form'", at: file.key.place)
            }
            request.file = fileBody(file.value, names)
        }
        return request
    }

    /// A request that is nothing but its line.
    mutating func requestLine(_ node: Node?, _ names: [String], isSecret: Bool = false) -> RequestTemplate? {
        guard let node, let text = reading.placedText(node) else { return nil }
        // What is wrong with it the shape has reported.
        var ignored = Findings()
        guard let line = RequestText(text, &ignored) else { return nil }
        var target: [RequestTemplate.Part] = []
        let options = DefinitionNames.options(names)
        for (number, part) in line.parts.enumerated() {
            switch part {
            case .text(let text): target.append(.text(text))
            case .hole(let text, let isQuery):
                guard let program = compile(text, options, isSecret: isSecret) else { return nil }
                target.append(number == 0 ? .address(program) : isQuery ? .query(program) : .path(program))
            }
        }
        return RequestTemplate(method: line.method, target: target, place: node.place)
    }
}
