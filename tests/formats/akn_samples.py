"""Small documents in the manner of other producers of Akoma Ntoso; all words are our own."""

from __future__ import annotations

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def document(inside: str, *, language: str = "ara", kind: str = "act", namespace: str = AKN) -> str:
    """A whole document with the least of metadata."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="{namespace}"><{kind} name="{kind}">
  <meta><identification source="#x"><FRBRWork><FRBRalias value="اسم في البيانات" name="title"/>
  </FRBRWork><FRBRExpression><FRBRlanguage language="{language}"/></FRBRExpression>
  </identification></meta>
  {inside}
</{kind}></akomaNtoso>"""


# Sections are the articles; a paragraph has an opening, items and a closing line.
COMMONWEALTH = document(
    """
<preface><longTitle><p>To order <docTitle>the use of gardens</docTitle> and their paths.</p>
</longTitle></preface>
<body>
  <chapter eId="chp_1"><num>1</num><heading>General</heading>
    <section eId="sec_1"><num>1.</num><heading>Opening hours</heading>
      <subsection eId="sec_1__subsec_1"><num>(1)</num>
        <intro><p>A garden is closed:</p></intro>
        <paragraph eId="a"><num>(a)</num><content><p>on one day a week;</p></content></paragraph>
        <paragraph eId="b"><num>(b)</num><intro><p>when</p></intro>
          <subparagraph><num>(i)</num><content><p>it storms; or</p></content></subparagraph>
          <wrapUp><p>the keeper says so,</p></wrapUp></paragraph>
        <wrapUp><p>unless the minister decides otherwise.</p></wrapUp>
      </subsection>
      <subsection><num>(2)</num><content><p>Bicycles:</p>
        <blockList><listIntroduction>are taken</listIntroduction>
          <item><num>(a)</num><p>on paths</p></item>
          <item><num>(ii)</num><p>on roads</p>
            <blockList><item><num>(A)</num><p>slowly</p></item></blockList></item>
          <listWrapUp>and nowhere else.</listWrapUp></blockList></content></subsection>
    </section>
    <crossHeading>Fees and fines</crossHeading>
    <section eId="sec_2"><num>2.</num><heading>Fees</heading>
      <content><table><caption>Fees of the year</caption>
        <tr><th><p>Service</p></th><th colspan="2"><p>Fee | dinar</p></th></tr>
        <tr><td><p>Entry</p><p>of a group</p></td><td>5</td><td/></tr></table></content></section>
  </chapter>
</body>
<attachments><attachment eId="att_1"><heading>Schedule</heading><subheading>of plants</subheading>
  <doc name="schedule"><meta/><mainBody><hcontainer name="crossheading"><heading>Trees</heading>
  <content><p>Olive</p></content></hcontainer></mainBody></doc></attachment></attachments>
""",
    language="eng",
)

# Citations and recitals before the articles, lists within paragraphs, text that is quoted.
EUROPEAN = document(
    """
<coverPage><p>غلاف الوثيقة</p></coverPage>
<preface><p><docType>مشروع تعليمات</docType> <docTitle>تنظيم الحدائق</docTitle></p></preface>
<preamble><formula name="enacting"><p>نحن الوزير</p></formula>
  <citations><citation><p>بعد الاطلاع على القانون،</p></citation></citations>
  <recitals><intro><p>وحيث إن:</p></intro>
    <recital><num>(1)</num><p>الحدائق للجميع،</p></recital></recitals></preamble>
<body>
 <title><num>الباب الأول</num><heading>أحكام عامة</heading>
  <article eId="art_1"><num>المادة 1</num><heading>التعريفات</heading>
   <paragraph><num>1.</num><list><intro><p>يقصد بالكلمات:</p></intro>
     <point><num>(أ)</num><content><p>الحديقة: مكان<br/>مزروع؛</p></content></point>
     <point><num>(ب)</num><content><p>الحارس: من يحرسها<authorialNote marker="1"><p>وإن تعدد</p>
     </authorialNote>.</p></content></point>
     <wrapUp><p>وما في معناها.</p></wrapUp></list></paragraph>
   <paragraph><num>2.</num><alinea><content><p>فقرة بلا رقم.</p></content></alinea>
     <alinea><content><p>وأخرى تليها.</p></content></alinea></paragraph>
  </article>
  <article eId="art_2"><num>المادة 2</num>
   <content><p>يستعاض عن المادة <mod>بما يأتي: <quotedStructure><article><num>المادة 9</num>
    <content><p>نص مقتبس.</p></content></article></quotedStructure></mod></p></content></article>
  <level><num>(*)</num><heading>حكم انتقالي</heading><content><p>يستمر العمل بما سبق.</p></content>
  </level>
 </title>
</body>
<conclusions><p>صدر في <date date="2026-11-01">عمان</date></p></conclusions>
"""
)

# Parts held in components, some referred to from the body; changes marked in the text.
ITALIAN = document(
    """
<body><componentRef src="#comp_1"/><componentRef src="other.xml" showAs="الملحق البعيد"/>
 <hcontainer name="حكم خاص"><num>§</num><content><p>نص <ins>مضاف</ins> <del>محذوف</del> ثابت.</p>
 <foreign><m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>س</m:mi></m:math></foreign>
 <ul><li>أولاً</li><li><p>ثانياً</p><ul><li>ثالثاً</li></ul></li></ul></content></hcontainer></body>
<components><component eId="comp_1"><doc name="x"><meta/><mainBody><article><num>Art. 1</num>
 <content><p>نص المادة في مكان آخر.</p></content></article></mainBody></doc></component>
 <component eId="comp_2"><doc name="y"><meta/><mainBody><p>جزء لا يشير إليه أحد.</p></mainBody>
 </doc></component></components>
"""
)

# No hierarchy at all, words bare between elements, an older namespace.
FLAT = document(
    """<mainBody><p>سياسة الحدائق</p>كلمات بلا وعاء<unheard>عنصر <b>مجهول</b></unheard>
    <tblock><heading>عنوان</heading><p>فقرة أخيرة.</p></tblock></mainBody>""",
    kind="doc",
    namespace="http://www.akomantoso.org/2.0",
)

SAMPLES = {
    "commonwealth": COMMONWEALTH,
    "european": EUROPEAN,
    "italian": ITALIAN,
    "flat": FLAT,
}
