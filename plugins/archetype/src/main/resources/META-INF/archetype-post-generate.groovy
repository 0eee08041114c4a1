// What PluginTemplate of the launcher does: fills @id@ and its like into texts and paths.
import java.nio.file.Files
import java.nio.file.Path

String id = request.artifactId
if (!(id ==~ /[a-z][a-z0-9]*(-[a-z0-9]+)*/)) {
    throw new IllegalArgumentException("The artifactId is the plugin's id: small letters, digits and single hyphens, not '" + id + "'.")
}
String joined = id.replace('-', '')
Map<String, String> values = [
    id: id, 'package': 'org.yuzui.plugin.' + joined, folder: 'org/yuzui/plugin/' + joined,
    titleZh: request.properties['titleZh'] ?: id, titleEn: request.properties['titleEn'] ?: id,
    hub: request.properties['hubVersion'] ?: '0.1.0']
def fill = { String text -> values.inject(text) { t, e -> t.replace('@' + e.key + '@', e.value) } }

Path root = Path.of(request.outputDirectory, id)
List<Path> files = []
root.toFile().eachFileRecurse { if (it.isFile()) files.add(it.toPath()) }
files.each { file ->
    Path target = root.resolve(fill(root.relativize(file).toString().replace('\\', '/')).replaceFirst('^_', '.'))
    String text = fill(Files.readString(file))
    Files.delete(file)
    Files.createDirectories(target.parent)
    Files.writeString(target, text)
}
// The folders that were named @folder@ are empty now.
List<File> folders = []
root.toFile().eachDirRecurse { folders.add(it) }
folders.sort { -it.path.length() }.each { if (it.list().length == 0) it.delete() }
