import CEL
import Diagnostics
import Model
import YAML

// Ways to be let in. Here, and nowhere else, an expression may use secrets.
extension DefinitionReading {
    mutating func auth(_ node: Node) -> AuthRule? {
        let names = DefinitionNames.settings
        let when = condition(node["when"], names, isSecret: true)
        let kinds = ["basic", "bearer", "header", "oauth", "login"].compactMap(node.entry)
        if kinds.count > 1, let second = kinds.last {
            findings.add(
                .optionClash, "a way to be let in is one of 'basic', 'bearer', 'header', 'oauth' and 'login'",
                at: second.key.place, hint: "for several, make 'auth' a list with 'when'")
            return nil
        }
        guard let kind = kinds.first, let name = kind.key.scalar?.text else {
            let headers = programs(node["headers"], names, isSecret: true)
            let query = programs(node["query"], names, isSecret: true)
            if headers.isEmpty && query.isEmpty && node["headers"] == nil && node["query"] == nil {
                findings.add(
                    .missingKey,
                    "a way to be let in needs one of 'basic', 'bearer', 'header', 'headers', 'query', "
                        + "'oauth' and 'login'", at: node.firstLine)
            }
            return AuthRule(when: when, .carried(headers: headers, query: query))
        }
        return made(name, kind.value, node).map { AuthRule(when: when, $0) }
    }

    private mutating func made(_ name: String, _ value: Node, _ node: Node) -> AuthRule.Kind? {
        let names = DefinitionNames.settings
        switch name {
        case "basic":
            let user = program(value["user"], names, isSecret: true)
            let password = program(value["password"], names, isSecret: true)
            guard let user, let password else { return nil }
            return .basic(user: user, password: password)
        case "bearer": return program(value, names, isSecret: true).map { .bearer($0) }
        case "header":
            guard let header = reading.text(value), node["value"] != nil else {
                findings.add(.missingOption, "'header' needs 'value'", at: value.place)
                return nil
            }
            return program(node["value"], names, isSecret: true).map {
                .carried(headers: [NamedProgram(header.content, $0)], query: [])
            }
        case "oauth": return oauth(value).map { .token($0) }
        default: return login(value).map { .token($0) }
        }
    }

    private mutating func login(_ node: Node) -> TokenRule? {
        let request = request(node, DefinitionNames.settings, isSecret: true)
        let answer = DefinitionNames.settings + DefinitionNames.answer
        let token = program(node["token"], answer)
        let expires = program(node["expires"], answer)
        let carried = programs(node["carried"], DefinitionNames.settings + ["token"], isSecret: true)
        guard let request, let token else { return nil }
        return TokenRule(
            request: request, token: token, expires: expires, refresh: nil,
            headers: node["carried"] == nil ? DefinitionReading.bearer : carried)
    }

    /// OAuth 2 is a request for a token with parameters that a standard names (RFC 6749, sections 4.4.2 and 6).
    private mutating func oauth(_ node: Node) -> TokenRule? {
        let names = DefinitionNames.settings + ["refresh_token"]
        guard let url = program(node["token_url"], names, isSecret: true) else { return nil }
        var request = RequestTemplate(method: "POST", target: [.address(url)], form: .form, place: node.place)
        let isRefresh = node["refresh_token"] != nil
        let grant = isRefresh ? "refresh_token" : "client_credentials"
        request.query = [fixed("grant_type", "'\(grant)'")].compactMap(\.self)
        for (name, key) in [("client_id", "client_id"), ("client_secret", "client_secret"), ("scope", "scope")] {
            guard let node = node[key], let program = program(node, names, isSecret: true) else { continue }
            request.query.append(NamedProgram(name, program))
        }
        if isRefresh, let first = program(node["refresh_token"], names, isSecret: true) {
            // The rotated one, where there is one, counts over the first.
            request.query.append(NamedProgram("refresh_token", first))
        }
        request.query += programs(node["parameters"], names, isSecret: true)
        guard let token = fixed("token", "body.access_token"),
            let expires = fixed("expires", "body.?expires_in.orValue(null)")
        else { return nil }
        let refresh = isRefresh ? fixed("refresh", "body.?refresh_token.orValue(null)")?.program : nil
        return TokenRule(
            request: request, token: token.program, expires: expires.program, refresh: refresh,
            headers: DefinitionReading.bearer)
    }

    private func fixed(_ name: String, _ text: String) -> NamedProgram? {
        let options = DefinitionNames.options(DefinitionNames.settings + DefinitionNames.answer)
        return (try? Expression.compile(text, options)).map { NamedProgram(name, $0) }
    }

    private static let bearer: [NamedProgram] = {
        let options = DefinitionNames.options(DefinitionNames.settings + ["token"])
        return (try? Expression.compile("'Bearer ' + token", options)).map { [NamedProgram("Authorization", $0)] } ?? []
    }()
}
