internal import CEL
internal import HTTP
internal import Model
internal import Values

/// Asks a system, as its definition says, and tells what its answers mean.
struct Asker: Sendable {
    let access: SystemAccess
    /// The settings as expressions see them, without secrets.
    let settings: Value
    private let secrets: Value
    private let requests: Requests

    init(_ access: SystemAccess, _ settings: ResolvedSettings) {
        self.access = access
        let known = SettingValues(access.definition, settings)
        self.settings = .object(known.open)
        secrets = .object(known.all)
        for secret in known.secrets { access.veil.hide(secret) }
        requests = Requests(definition: access.definition)
    }

    /// The names that every expression of a request has.
    var names: Names { Names([("settings", settings)]) }

    /// Asks, and gives the answer where it is what was asked for.
    ///
    /// - Parameters:
    ///   - further: parameters beside those of the template.
    ///   - body: what is sent in place of the template's body.
    ///   - url: the address in place of the template's: that of a next page.
    ///   - isJSON: whether a success that is no JSON was cut short on its way.
    ///   - sink: where the body of a good answer goes.
    ///   - accepts: whether an answer that is no success is one that was looked for.
    func ask(
        _ template: RequestTemplate, _ names: Names, further: [NamedProgram] = [], parameters: [(String, String)] = [],
        body: Value? = nil, url: String? = nil, isJSON: Bool = false, sink: BodySink? = nil,
        accepts: (Answer) throws(AskFailure) -> Bool = { _ in false }
    ) async throws(AskFailure) -> Answer {
        do throws(AskFailure) {
            return try await asked(template, names, further, parameters, body, url, isJSON, sink, accepts)
        } catch {
            throw error.veiled(access.veil)
        }
    }

    private func asked(
        _ template: RequestTemplate, _ names: Names, _ further: [NamedProgram], _ parameters: [(String, String)],
        _ body: Value?, _ url: String?, _ isJSON: Bool, _ sink: BodySink?,
        _ accepts: (Answer) throws(AskFailure) -> Bool
    ) async throws(AskFailure) -> Answer {
        var request = try requests.make(template, names, further: further, parameters: parameters, body: body)
        if let url { request.url = try nextAddress(url, after: request.url) }
        request.isSafeToRepeat = template.isSafe
        if let file = template.file { try await attach(file, names, to: &request) }
        if let sink { request.pour(into: sink) }
        var attempt = 0
        while true {
            attempt += 1
            let failure: AskFailure
            do throws(AskFailure) {
                let (answer, _) = try await answered(request)
                let isCutShort = isJSON && answer.isFine && !answer.isWhole
                if !isCutShort, try accepts(answer) { return answer }
                if let found = try self.failure(of: answer, isSafe: template.isSafe) {
                    failure = found
                } else {
                    if !isCutShort { access.patience.note(isAnswering: true) }
                    guard isCutShort, template.isSafe,
                        await access.patience.lasts(after: attempt, Answer.cutShort, access.clock)
                    else { return answer }
                    continue
                }
            } catch {
                failure = error
            }
            // Of a reading that has begun, only what failed is asked again: begun anew each time, a long one would never end.
            guard template.isSafe, await access.patience.lasts(after: attempt, failure, access.clock) else {
                throw failure
            }
        }
    }

    /// The answer to a request with the credentials, which are renewed once where they are refused.
    private func answered(_ request: HTTPRequest) async throws(AskFailure) -> (Answer, Secret?) {
        let rule = try rule()
        var isSecond = false
        while true {
            let (authorised, token) = try await authorise(request, rule)
            let answer = Answer(try await followed(authorised))
            guard let token, !isSecond, answer.status == 401 || meaning(of: answer)?.meaning == .expired else {
                return (answer, token)
            }
            await access.tokens.drop(token)
            isSecond = true
        }
    }

    /// Follows redirects of what only reads, and only to where the request went anyway: nobody else gets the credentials.
    private func followed(_ request: HTTPRequest) async throws(AskFailure) -> HTTPResponse {
        var request = request
        for _ in 0..<5 {
            let response = try await access.send(request, mayAct: !request.isSafeToRepeat)
            guard [301, 302, 303, 307, 308].contains(response.status), let target = response.headers["Location"] else {
                return response
            }
            let current = URLText(request.url)
            let resolved = current?.resolving(target)
            guard request.method == "GET" || request.method == "HEAD", let resolved, let current,
                resolved.hasSameOrigin(as: current)
            else {
                let place = resolved?.origin ?? "another address"
                // 'Found' and 'See Other' may stand after what was asked for was done (RFC 9110, section 15.4.4).
                let arrived = !request.isSafeToRepeat && (response.status == 302 || response.status == 303)
                throw .unreachable(
                    "it sends requests on to \(place), which is not followed", .noAnswer, arrived: arrived)
            }
            request.url = resolved.text
        }
        throw .unreachable("it sends requests round in a circle", .noAnswer, arrived: false)
    }

    /// The address of a next page: where the list is, and nowhere else, for credentials go with it.
    private func nextAddress(_ url: String, after current: String) throws(AskFailure) -> String {
        guard let current = URLText(current), let resolved = current.resolving(url) else {
            throw .broken("the address of the next page is none")
        }
        guard resolved.hasSameOrigin(as: current) else {
            throw .broken("the next page is said to be at \(resolved.origin), which is another server: it is not asked")
        }
        return resolved.text
    }
}

// It has secrets, and prints none.
extension Asker: CustomStringConvertible, CustomReflectable {
    var description: String { "requests to \(access.definition.title)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

// Credentials.
extension Asker {
    private func rule() throws(AskFailure) -> AuthRule? {
        for rule in access.definition.auth {
            guard let when = rule.when else { return rule }
            if try when.holds(Names([("settings", secrets)])) { return rule }
        }
        return nil
    }

    private func authorise(
        _ request: HTTPRequest, _ rule: AuthRule?
    ) async throws(AskFailure) -> (HTTPRequest, Secret?) {
        var request = request
        let names = Names([("settings", secrets)])
        switch rule?.kind {
        case nil: return (request, nil)
        case .carried(let headers, let query):
            try set(headers, names, &request)
            var parameters: [(String, String)] = []
            for named in query {
                if let word = try named.program.find(names).word { parameters.append((named.name, word)) }
            }
            request.url = Requests.adding(parameters, to: request.url)
            return (request, nil)
        case .basic(let user, let password):
            let pair = "\(try user.find(names).word ?? ""):\(try password.find(names).word ?? "")"
            let word = String(decoding: Base64.encode(Array(pair.utf8)), as: UTF8.self)
            access.veil.hide(word)
            request.headers.set("Authorization", "Basic " + word)
            return (request, nil)
        case .bearer(let program):
            request.headers.set("Authorization", "Bearer \(try program.find(names).word ?? "")")
            return (request, nil)
        case .token(let rule):
            let token = try await access.tokens.token(access.clock.now()) { file in try await newToken(rule, file) }
            try set(rule.headers, names.with([("token", .text(token.reveal()))]), &request)
            return (request, token)
        }
    }

    private func set(_ headers: [NamedProgram], _ names: Names, _ request: inout HTTPRequest) throws(AskFailure) {
        for named in headers {
            if let word = try named.program.find(names).word { request.headers.set(named.name, word) }
        }
    }

    /// Asks for a token. One that the system rotates is on disk before it is used.
    private func newToken(_ rule: TokenRule, _ file: TokenFile) async throws(AskFailure) -> TokenKeeper.Token {
        let names = Names([("settings", secrets), ("refresh_token", .null)])
        var request = try requests.make(rule.request, names)
        let first = try rule.refresh.flatMap { _ throws(AskFailure) in try firstRefreshToken(rule, names) }
        // Who else wants to ask with it waits, and then finds the next one.
        let claim = first == nil ? nil : try await claimed(file)
        defer { withExtendedLifetime(claim) {} }
        if let first, let kept = try kept(file, first) {
            access.veil.hide(kept.reveal())
            request = try withRefreshToken(kept, rule.request, names)
        }
        let asked = access.clock.now()
        let answer = Answer(try await access.send(request, mayAct: false))
        guard answer.isFine else { throw try tokenFailure(answer) }
        let found = names.with(answer.names)
        guard let text = try rule.token.find(found).word, !text.isEmpty else {
            throw .unauthorised("the answer to the request for a token has none", .wrongPassword)
        }
        access.veil.hide(text)
        if let first, let next = try rule.refresh?.find(found).word, !next.isEmpty {
            access.veil.hide(next)
            do throws(TokenNotKept) {
                try file.save(Secret(next), first)
            } catch {
                throw .broken("the new refresh token cannot be kept: \(error.reason)")
            }
        }
        var until: Timestamp?
        if let expires = rule.expires, case .int(let seconds)? = try? ValueType.int.convert(try expires.find(found)) {
            // A little before it runs out, so that it does not on its way.
            until = asked.adding(.seconds(max(1, seconds - min(60, seconds / 10))))
        }
        return TokenKeeper.Token(text: Secret(text), until: until)
    }

    /// The one that the settings give.
    private func firstRefreshToken(_ rule: TokenRule, _ names: Names) throws(AskFailure) -> Secret? {
        guard let program = rule.request.query.first(where: { $0.name == "refresh_token" })?.program else { return nil }
        return try program.find(names).word.map { Secret($0) }
    }

    private func kept(_ file: TokenFile, _ first: Secret) throws(AskFailure) -> Secret? {
        do throws(TokenNotKept) {
            return try file.load(first)
        } catch {
            throw .broken("the refresh token that was kept cannot be read: \(error.reason)")
        }
    }

    private func claimed(_ file: TokenFile) async throws(AskFailure) -> (any Sendable)? {
        do throws(TokenNotKept) {
            return try await file.claim()
        } catch {
            throw .busy("its refresh token is in use: \(error.reason)", after: .seconds(60))
        }
    }

    private func withRefreshToken(
        _ token: Secret, _ template: RequestTemplate, _ names: Names
    ) throws(AskFailure) -> HTTPRequest {
        var template = template
        template.query.removeAll { $0.name == "refresh_token" }
        let request = try requests.make(template, names, parameters: [("refresh_token", token.reveal())])
        return request
    }

    /// RFC 6749, section 5.2: `invalid_grant` is a refresh token that no longer counts.
    private func tokenFailure(_ answer: Answer) throws(AskFailure) -> AskFailure {
        if let failure = try ruled(answer) { return failure }
        if answer.status == 429 || answer.status >= 500 {
            return .busy("the request for a token was answered with status \(answer.status)", after: retryAfter(answer))
        }
        let code = answer.body.object?["error"]?.text
        let words = shown(answer.body.object?["error_description"]?.text ?? code ?? "status \(answer.status)")
        return .unauthorised("no token is given: \(words)", code == "invalid_grant" ? .tokenRevoked : .wrongPassword)
    }
}

// What answers mean.
extension Asker {
    private func meaning(of answer: Answer) -> ErrorRule? {
        let names = Names(answer.names)
        return access.definition.errors.first { (try? $0.when.holds(names)) ?? false }
    }

    /// What a rule of the definition makes of an answer; nil where none applies, or it is fine.
    private func ruled(_ answer: Answer) throws(AskFailure) -> AskFailure? {
        guard let rule = meaning(of: answer) else { return nil }
        let names = Names(answer.names)
        let message = try words(answer, rule.message)
        switch rule.meaning {
        case .fine: return nil
        case .refused: return .refused(message)
        case .forbidden: return .forbidden(message)
        case .unauthorised: return .unauthorised(message, .wrongPassword)
        case .expired: return .unauthorised(message, .tokenExpired)
        case .revoked: return .unauthorised(message, .tokenRevoked)
        case .moved: return .moved(message)
        case .gone: return .gone(message)
        case .unavailable: return .busy(message, after: retryAfter(answer))
        case .busy:
            var after = retryAfter(answer)
            if let program = rule.after, let seconds = try program.find(names).exactNumber.flatMap({ Double($0.text) }),
                seconds >= 0, seconds < 1e7
            {
                after = .milliseconds(Int64(seconds * 1000))
            }
            return .busy(message, after: after)
        }
    }

    /// nil for an answer that is what was asked for.
    func failure(of answer: Answer, isSafe: Bool) throws(AskFailure) -> AskFailure? {
        if let rule = meaning(of: answer) { return rule.meaning == .fine ? nil : try ruled(answer) }
        if answer.isFine { return nil }
        let message = try words(answer, nil)
        switch answer.status {
        case 401: return .unauthorised(message, usesTokens ? .tokenRevoked : .wrongPassword)
        case 403: return .forbidden(message)
        case 404, 410: return .gone(message)
        case 409, 412: return .moved(message)
        case 429, 503: return .busy(message, after: retryAfter(answer))
        case 500...: return .unreachable(message, .noAnswer, arrived: !isSafe)
        case 400..<500: return .refused(message)
        default: return .unreachable(message, .noAnswer, arrived: false)
        }
    }

    private var usesTokens: Bool {
        guard let rule = try? rule() else { return false }
        if case .token = rule.kind { return true }
        return false
    }

    /// How long the system asks to be left alone, by the headers that are in use.
    private func retryAfter(_ answer: Answer) -> Duration? {
        let now = access.clock.now()
        for name in ["Retry-After", "X-RateLimit-Reset", "RateLimit-Reset", "X-Rate-Limit-Reset"] {
            if let text = answer.headers[name], let wait = RetryAfter.wait(text, now: now) { return wait }
        }
        return nil
    }

    /// The system's own words, with the status.
    private func words(_ answer: Answer, _ program: Program?) throws(AskFailure) -> String {
        let names = Names(answer.names)
        for program in [program, access.definition.message].compactMap(\.self) {
            if let word = try? program.find(names).word, !word.isEmpty {
                return "\(shown(word)) (status \(answer.status))"
            }
        }
        return "it answers with status \(answer.status)"
    }

    /// One line of text, no longer than people read. What is secret goes first: of what is cut off, a part would stay.
    private func shown(_ text: String) -> String {
        let line = access.veil.veiled(text).split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.unicodeScalars.count <= 300
            ? line : String(String.UnicodeScalarView(line.unicodeScalars.prefix(299))) + "…"
    }
}

/// Settings as expressions see them.
struct SettingValues {
    private(set) var open = Object()
    private(set) var all = Object()
    private(set) var secrets: [String] = []

    init(_ definition: SystemDefinition, _ settings: ResolvedSettings) {
        for setting in definition.settings {
            let name = setting.option.name
            if let secret = settings.secret(name) {
                all[name] = .text(secret.reveal())
                secrets.append(secret.reveal())
                continue
            }
            let value = Self.value(settings, name) ?? setting.fallback ?? .null
            open[name] = value
            all[name] = value
        }
    }

    private static func value(_ settings: ResolvedSettings, _ name: String) -> Value? {
        switch settings[name] {
        case .text(let text): .text(text)
        case .int(let number): .int(number)
        case .bool(let bool): .bool(bool)
        case .names(let names): .list(names.map(Value.text))
        case .secret, nil: nil
        }
    }
}
