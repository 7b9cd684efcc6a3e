import CEL
import Diagnostics
import Model
import YAML

// Lists: of collections, of look-ups, and of what may be chosen.
extension DefinitionReading {
    /// A mapping with the keys of ``ListPart``.
    mutating func list(_ node: Node, _ names: [String] = DefinitionNames.list) -> ListDefinition? {
        let request = request(node, names)
        let page = node["page"].map { pageRule($0, names) } ?? .single
        let records = program(node["records"], names + DefinitionNames.answer)
        guard let request, let page, let records else { return nil }
        var list = ListDefinition(request: request, page: page, records: records)
        list.condition = entryProgram(node["where"], isCondition: true)
        list.deleted = entryProgram(node["deleted"], isCondition: true)
        list.total = program(node["total"], names + DefinitionNames.answer)
        list.since = node["since"].flatMap { since($0) }
        return list
    }

    private mutating func pageRule(_ node: Node, _ names: [String]) -> PageRule? {
        let kinds = ["offset", "number", "next", "url", "link"].compactMap(node.entry)
        guard kinds.count == 1, let kind = kinds.first, let name = kind.key.scalar?.text else {
            findings.add(
                .badPaging,
                kinds.isEmpty
                    ? "'page' does not say how pages follow each other"
                    : "'page' says in \(kinds.count) ways how pages follow each other",
                at: kinds.last?.key.place ?? node.firstLine,
                hint: "give one of 'offset', 'number', 'next', 'url', 'link'")
            return nil
        }
        let size = pageSize(node["limit"])
        let names = names + DefinitionNames.answer + ["items"]
        if let total = node.entry("pages") ?? node.entry("more") ?? node.entry("first"), name != "number" {
            findings.add(
                .optionWithoutEffect, "'\(total.key.scalar?.text ?? "")' needs 'number'", at: total.key.place)
        }
        if let token = node.entry("token"), name != "next" {
            findings.add(.optionWithoutEffect, "'token' needs 'next'", at: token.key.place)
        }
        switch name {
        case "offset": return reading.text(kind.value).map { .offset(parameter: $0.content, size: size) }
        case "number":
            let pages = program(node["pages"], names)
            let more = condition(node["more"], names)
            let first = reading.int(node["first"]).map { Int($0) } ?? 1
            return reading.text(kind.value).map {
                .number(parameter: $0.content, first: first, size: size, pages: pages, more: more)
            }
        case "next":
            let parameter = reading.text(node["token"])?.content
            return program(kind.value, names).map { .token(next: $0, parameter: parameter, size: size) }
        case "url": return program(kind.value, names).map { .address($0, size: size) }
        default: return .link(size: size)
        }
    }

    private func pageSize(_ node: Node?) -> PageSize? {
        guard let node, let count = reading.int(node["max"]), (1...100_000).contains(count) else { return nil }
        return PageSize(
            parameter: reading.text(node["name"])?.content, count: Int(count),
            isExact: reading.bool(node["exact"]) ?? false)
    }

    private mutating func since(_ node: Node) -> SinceRule? {
        let names = DefinitionNames.list
        let cursor: SinceRule.Cursor
        if let next = node.entry("next") {
            for key in ["format", "grain", "lag"] {
                guard let entry = node.entry(key) else { continue }
                findings.add(
                    .optionWithoutEffect, "'\(key)' is of instants, and 'next' finds a cursor that is none",
                    at: entry.key.place)
            }
            guard let program = program(next.value, names + DefinitionNames.answer) else { return nil }
            cursor = .token(program, fromFirst: reading.text(node["from"])?.content == "first")
        } else {
            if let from = node.entry("from") {
                findings.add(.optionWithoutEffect, "'from' needs 'next'", at: from.key.place)
            }
            cursor = .instant(
                stampFormat(node["format"]), grain: duration(node["grain"]) ?? .seconds(1),
                lag: duration(node["lag"]) ?? .zero)
        }
        var since = SinceRule(cursor: cursor)
        since.request = request(node, names)
        if since.request == nil {
            since.query = programs(node["query"], names)
            since.body = program(node["body"], names)
        }
        since.ids = program(node["ids"], names + DefinitionNames.answer)
        since.expired = condition(node["expired"], names + DefinitionNames.answer)
        return since
    }
}
