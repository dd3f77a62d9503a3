namespace EdgeQueue.Cloud.Start;

/// <summary>All that is wrong with the settings, so that they are mended at once and not one by one.</summary>
public sealed class SettingFaults
{
    private readonly List<string> _sentences = [];

    public IReadOnlyList<string> Sentences => _sentences;

    /// <param name="setting">As in the file, e.g. <c>sms.provider</c>.</param>
    public void Add(string setting, string sentence) => _sentences.Add($"{setting}: {sentence}");
}
