using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace EdgeQueue.Cloud.Pages;

/// <summary>A QR code (ISO/IEC 18004, level M) as a picture inside a page: dark modules in one path, on white in dark mode too, or readers do not see it.</summary>
internal static class QrPicture
{
    /// <param name="text">At most some hundred characters.</param>
    /// <param name="alternative">What it is, for those who do not see it.</param>
    public static Html Of(string text, string alternative)
    {
        using QRCodeData code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        int size = code.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (int row = 0; row < size; row++)
        {
            BitArray modules = code.ModuleMatrix[row];
            for (int column = 0; column < size; column++)
            {
                int from = column;
                while (column < size && modules[column])
                {
                    column++;
                }

                if (column > from)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {row}h{column - from}v1h-{column - from}z");
                }
            }
        }

        return Html.Of($"""<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{alternative}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>""");
    }
}
