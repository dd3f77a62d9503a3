using System.CommandLine;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeQueue.Tool.Support;

/// <summary><c>edgequeue bundle</c>: what support needs in one file, without secrets and without people.</summary>
internal static class BundleCommand
{
    /// <summary>The end of a log, where the fault is.</summary>
    private const int MostOfALog = 2 * 1024 * 1024;

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "The file to make, .tar.gz.", Required = true };
        var logs = new Option<string[]>("--logs") { Description = "Log files, or folders of *.log; their last 2 MiB each. On a device: journalctl -u 'edgequeue*' > edgequeue.log first." };
        var configs = new Option<string[]>("--config") { Description = "Configuration files (JSON): the branch's, the units'. PIN hashes, tokens and keys are taken out." };
        var certificates = new Option<string[]>("--certificates") { Description = "Folders whose certificates are listed with name, serial number and end. No key is opened." };
        var command = new Command("bundle", "Packs logs, configuration and a list of certificates for support. Never keys, PINs, phone numbers or the journal.") { output, logs, configs, certificates };
        command.SetAction(parsed =>
        {
            try
            {
                string file = parsed.GetRequiredValue(output);
                int packed = Pack(file, parsed.GetValue(logs) ?? [], parsed.GetValue(configs) ?? [], parsed.GetValue(certificates) ?? []);
                parsed.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{packed} files in {file}. Look into it before you send it: tar -tzf {file}"));
                return 0;
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"edgequeue bundle: {broken.Message}");
                return 1;
            }
        });
        return command;
    }

    private static int Pack(string file, IEnumerable<string> logs, IEnumerable<string> configs, IEnumerable<string> certificates)
    {
        using var made = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var packed = new GZipStream(made, CompressionLevel.Optimal);
        using var tar = new TarWriter(packed, TarEntryFormat.Pax);
        int files = 0;
        void Add(string name, string text)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"edgequeue/{name}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            files++;
        }

        Add("machine.txt", string.Create(CultureInfo.InvariantCulture,
            $"{File.ReadAllText("/proc/version").Trim()}\nup {File.ReadAllText("/proc/uptime").Split(' ')[0]} s\nmemory {File.ReadLines("/proc/meminfo").First()}\n"));
        foreach (string log in logs.SelectMany(l => Directory.Exists(l) ? Directory.GetFiles(l, "*.log") : [l]))
        {
            Add("logs/" + Path.GetFileName(log), Scrubber.Lines(End(log)));
        }

        foreach (string config in configs)
        {
            Add("configuration/" + Path.GetFileName(config),
                Scrubber.Json(File.ReadAllText(config)) ?? "(not packed: it is not JSON, so nobody knows what is in it)\n");
        }

        foreach (string folder in certificates)
        {
            Add("certificates.txt", Listed(folder));
        }

        return files;
    }

    private static string End(string log)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = Math.Max(0, file.Length - MostOfALog);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private static string Listed(string folder)
    {
        var text = new StringBuilder();
        foreach (string file in Directory.GetFiles(folder, "*.crt").Order(StringComparer.Ordinal))
        {
            try
            {
                using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(file);
                text.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {certificate.Subject}, {certificate.SerialNumber}, until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}\n");
            }
            catch (CryptographicException damaged)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {damaged.Message}\n");
            }
        }

        return text.ToString();
    }
}
