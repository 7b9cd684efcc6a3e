import Diagnostics
import FileIO
import JobFiles
import Model
import Values

/// Why a setting cannot be filled in.
struct SettingFailure: Error {
    let diagnostic: Diagnostic
    /// The variable of the environment that is not set, where that is why.
    var variable: String?
}

/// Fills in what settings refer to: variables of the environment, and files.
struct SettingsResolution {
    let world: World

    /// The settings of a collection over those of its connection.
    ///
    /// - Throws: with a diagnostic at the setting whose variable is not set, or whose file cannot be read.
    func resolve(_ connection: Connection, _ collection: CollectionReference, _ type: ConnectorType)
        throws(SettingFailure)
        -> ResolvedSettings
    {
        var contents: [String: ResolvedSettings.Content] = [:]
        let kinds = Self.kinds(type)
        for setting in connection.settings + collection.settings {
            contents[setting.name] = try content(setting.content, kinds[setting.name] ?? .text, setting)
        }
        return ResolvedSettings(contents)
    }

    /// The settings as far as they are known: those are left out whose variable is not set, or whose file cannot be read.
    func resolveKnown(
        _ connection: Connection, _ collection: CollectionReference, _ type: ConnectorType
    ) -> ResolvedSettings {
        let kinds = Self.kinds(type)
        var contents: [String: ResolvedSettings.Content] = [:]
        for setting in connection.settings + collection.settings {
            contents[setting.name] = try? content(setting.content, kinds[setting.name] ?? .text, setting)
        }
        return ResolvedSettings(contents)
    }

    private static func kinds(_ type: ConnectorType) -> [String: ConnectorOption.Kind] {
        Dictionary(
            (type.connectionOptions + type.collectionOptions).map { ($0.name, $0.kind) }, uniquingKeysWith: { $1 })
    }

    private func content(
        _ content: Setting.Content, _ kind: ConnectorOption.Kind, _ setting: Setting
    ) throws(SettingFailure) -> ResolvedSettings.Content {
        switch content {
        case .text(let template):
            let text = try fill(template, setting)
            switch kind {
            case .secret: return .secret(Secret(text))
            case .int: return Int64(text).map(ResolvedSettings.Content.int) ?? .text(text)
            case .bool: return text == "true" ? .bool(true) : text == "false" ? .bool(false) : .text(text)
            case .names: return .names([text])
            default: return .text(text)
            }
        case .bool(let bool): return .bool(bool)
        case .int(let number): return kind == .text || kind == .names ? .text(String(number)) : .int(number)
        case .list(let parts):
            var names: [String] = []
            for part in parts {
                if case .text(let template) = part { names.append(try fill(template, setting)) }
            }
            return .names(names)
        case .object: return .text("")
        }
    }

    private func fill(_ template: Template, _ setting: Setting) throws(SettingFailure) -> String {
        var text = ""
        for part in template.parts {
            switch part {
            case .text(let literal): text += literal
            case .variable(let name):
                guard let value = world.environment(name) else {
                    let message = "the environment variable \(name) is not set"
                    throw SettingFailure(
                        diagnostic: Diagnostic(.error, JobFileCode.unsetVariable.rawValue, message, at: setting.place),
                        variable: name)
                }
                text += value
            case .file(let path): text += try read(path, setting)
            }
        }
        return text
    }

    private func read(_ path: String, _ setting: Setting) throws(SettingFailure) -> String {
        do {
            var bytes = try world.disk.read(path)
            if bytes.last == 0x0A { bytes.removeLast() }
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw SettingFailure(
                diagnostic: Diagnostic(
                    .error, ReadingCode.unreadableFile.rawValue, error.description, at: setting.place))
        }
    }
}
