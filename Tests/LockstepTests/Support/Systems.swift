import Model
import Runner
import Synchronization
import TestKit
import Testing
import Values

/// The fake servers of a test, by connection and collection, as `shop/things`.
final class Systems: Sendable {
    private struct System {
        var server: FakeServer
        var rules: FakeRules
    }

    private let systems = Mutex<[String: System]>([:])

    var isEmpty: Bool { systems.withLock { $0.isEmpty } }
    var connector: Connector { .servers(systems.withLock { $0.mapValues(\.server) }) }

    subscript(name: String) -> FakeServer? { systems.withLock { $0[name]?.server } }

    /// How many calls the servers of a connection, or the one of a collection, were asked for since this was last asked.
    func takeCalls(_ name: String) -> Int {
        named(name).reduce(0) { sum, system in
            defer { system.server.forgetCalls() }
            return sum + system.server.callCount
        }
    }

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - words: its name, then what it is like.
    ///   - records: a JSON object on each line.
    func make(_ words: [String], _ records: String) throws {
        let rules = FakeRules()
        var options = FakeOptions(newIDs: .numbered(prefix: "", suffix: ""))
        options.readsByID = true
        options.refuses = { write, _ in rules.outcome(of: write) }
        var declared: [SchemaField] = []
        for word in words.dropFirst() {
            switch word {
            case "assigned": options.newIDs = .assigned
            case "counted": options.tellsCount = true
            case "forgetful": options.readsByID = false
            case "in-one": options.groupSize = nil
            case let field where field.contains(":"): declared.append(Self.field(field))
            default: Issue.record("no such kind of server: \(word)")
            }
        }
        if !declared.isEmpty {
            options.schema = CollectionSchema(
                origin: .declared, values: .json, isClosed: true, fields: SchemaFields(declared))
        }
        let objects = try records.split(separator: "\n").map { try #require(try JSON.parse(Array($0.utf8)).object) }
        let system = System(server: FakeServer(options, objects), rules: rules)
        systems.withLock { $0[words[0]] = system }
    }

    /// A field that a server declares: `title:text:required:max=40`, `state:text:choices=open|done`, `number:int:readonly`.
    private static func field(_ word: String) -> SchemaField {
        let parts = word.split(separator: ":").map(String.init)
        var field = SchemaField(parts[0], FieldType(rawValue: parts[1]) ?? .any)
        for option in parts.dropFirst(2) {
            let value = option.split(separator: "=").last.map(String.init) ?? ""
            switch option {
            case "required": field.isRequired = true
            case "readonly": field.isReadOnly = true
            case let option where option.hasPrefix("max="): field.maximumLength = Int(value)
            default: field.choices = value.split(separator: "|").map { .text(String($0)) }
            }
        }
        return field
    }

    /// Does what a line says that is about servers; false where it says nothing of the kind.
    func play(_ words: [String]) throws -> Bool {
        guard words.count > 1 else { return false }
        let name = words[1]
        let rest = Array(words.dropFirst(2))
        switch words[0] {
        case "break": try breakDown(name, rest)
        case "heal":
            for system in named(name) {
                system.server.heal()
                system.rules.clear()
            }
        case "fault":
            guard let fault = FakeFault(rawValue: rest[0]), let call = FakeCall(rawValue: rest[2]) else {
                Issue.record("no such fault: \(rest)")
                return true
            }
            try server(name).fail(fault, at: Int(rest[1]) ?? 1, of: call)
        case "put": try put(name, try #require(try JSON.parse(Array(rest[0].utf8)).object))
        case "delete": try server(name).remove(try id(rest[0]))
        case "refuse": try rule(name, rest[0], .refused(rest[1]))
        case "forbid": try rule(name, rest[0], .forbidden(rest[1]))
        default: return false
        }
        return true
    }

    /// The servers of a connection, or the one of a collection.
    private func named(_ name: String) -> [System] {
        systems.withLock { systems in
            systems.filter { $0.key == name || $0.key.hasPrefix(name + "/") }.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func server(_ name: String) throws -> FakeServer { try #require(self[name], "there is no \(name)") }

    private func id(_ text: String) throws -> RecordID {
        try #require(RecordID(Int64(text).map(Value.int) ?? .text(text)))
    }

    /// Sets a field of a record; false where there is no such server.
    func edit(_ name: String, _ id: String, _ field: String, _ value: Value) throws -> Bool {
        guard let server = self[name] else { return false }
        server.edit(try self.id(id)) { $0[field] = value }
        return true
    }

    /// `break shop token-revoked`; with `after 2 writes`, once so many were made by the servers of the connection together.
    private func breakDown(_ name: String, _ words: [String]) throws {
        let failure = try Self.failure(words)
        let broken = named(name).map(\.server)
        try #require(!broken.isEmpty, "there is no \(name)")
        guard let after = words.firstIndex(of: "after"), let count = Int(words[after + 1]) else {
            for server in broken { server.breakDown(failure) }
            return
        }
        let made = Mutex(0)
        for server in broken {
            for call in 1...(server.calls(.write) + count + 1) {
                server.meanwhile(at: call, of: .write) { _ in
                    let isOver = made.withLock { made in
                        made += 1
                        return made > count
                    }
                    if isOver { for server in broken { server.breakDown(failure) } }
                }
            }
        }
    }

    private static func failure(_ words: [String]) throws -> EndpointFailure {
        switch words[0] {
        case "busy": return .busy(message: "429 Too Many Requests", after: .seconds(Int(words[1]) ?? 0))
        case "forbidden": return .forbidden(message: "403 Forbidden: the scope things:read is missing")
        case "unauthorised": return .unauthorised(message: "401 Unauthorized")
        case "unreachable": return .unreachable(message: "no connection")
        default:
            let fault = try #require(ConnectionFault(rawValue: words[0]), "no such fault: \(words[0])")
            switch fault.part {
            case .name, .network, .tls: return .unreachable(message: "shop.example: \(fault.rawValue)", fault: fault)
            case .credentials, .permission: return .unauthorised(message: "401 Unauthorized", fault: fault)
            }
        }
    }

    /// Sets fields of a record, or makes it.
    private func put(_ name: String, _ fields: Object) throws {
        let server = try server(name)
        guard let id = fields["id"].flatMap(RecordID.init), server[id] != nil else {
            server.put(fields)
            return
        }
        server.edit(id) { record in for name in fields.names { record[name] = fields[name] ?? .null } }
    }

    /// `status=Done`, or `status` for any value.
    private func rule(_ name: String, _ what: String, _ outcome: WriteOutcome) throws {
        let parts = what.split(separator: "=", maxSplits: 1).map(String.init)
        let rules = try #require(systems.withLock { $0[name]?.rules }, "there is no \(name)")
        rules.add(parts[0], parts.count > 1 ? parts[1] : nil, outcome)
    }

    /// The records of a server, a line each.
    func text(_ name: String) throws -> String {
        try server(name).records.map { JSON.text(.object($0)) + "\n" }.joined()
    }
}
